// The store in memory, for many devices and a server in one process: every call is one step that nothing can divide. It keeps
// the promises of `store-contract.ts` as the PostgreSQL form does, except that it forgets.

import { must } from '../../src/base/must.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { StoredRow, Tuple } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import { resultOf } from './commit-batch.ts';
import type { Commit, LedgerKey, PracticeState, PullAsk, RowImage, Store } from './store.ts';

interface Practice {
  readonly id: string;
  readonly slug: string;
  version: number;
  relationsVersion: number;
  readonly rows: Map<string, StoredRow & { readonly author: string }>;
  readonly tuples: Map<string, readonly Tuple[]>;
  readonly ledger: Map<string, Map<number, PushResult>>;
  readonly cursors: Map<string, { readonly memberId: string; readonly cursor: number }>;
}

export interface MemoryStore extends Store {
  addPractice(practice: { id: string; slug: string }): void;
  /** What a backup would hold. */
  backup(): MemoryBackup;
  /** Goes back to a backup, or on with what there is, as another life of the database. */
  restore(backup: MemoryBackup, epoch: string): void;
}

export type MemoryBackup = readonly Practice[];

export function createMemoryStore(firstEpoch: string): MemoryStore {
  let epoch = firstEpoch;
  let practices = new Map<string, Practice>();
  const of = (practiceId: string) => must(practices.get(practiceId), 'a practice');
  const stateOf = ({ id, slug, version, relationsVersion }: Practice): PracticeState => ({
    id,
    slug,
    version,
    relationsVersion,
    epoch,
  });
  return {
    addPractice: ({ id, slug }) => void practices.set(id, emptyPractice(id, slug)),
    backup: () => [...practices.values()].map(copyOf),
    restore(backup, next) {
      practices = new Map(backup.map((practice) => [practice.id, copyOf(practice)]));
      epoch = next;
    },
    async practice(slug) {
      const found = [...practices.values()].find((practice) => practice.slug === slug);
      return found === undefined ? null : stateOf(found);
    },
    viewer: async (practiceId, userId) => viewerIn(of(practiceId), userId),
    async readBatch(practiceId, { key, refs, ns }) {
      const { rows, ledger } = of(practiceId);
      const answers = ledger.get(ledgerOf(key)) ?? new Map<number, PushResult>();
      const known = ns.flatMap((n) => answers.get(n) ?? []);
      return {
        rows: new Map(refs.map((ref) => [rowKey(ref), shapeOf(rows.get(rowKey(ref)))])),
        lastN: Math.max(0, ...answers.keys()),
        answered: new Map(known.map((result) => [result.n, result])),
      };
    },
    commit: async (practiceId, commit) => commitTo(of(practiceId), commit),
    async pull(practiceId, ask) {
      const practice = of(practiceId);
      const fill = ask.fill && fillPage(practice, ask.fill, ask.limit);
      return { state: stateOf(practice), ...livePage(practice, ask), fill };
    },
    async moveDevice(practiceId, key, cursor) {
      const { cursors } = of(practiceId);
      const before = cursors.get(ledgerOf(key))?.cursor ?? 0;
      cursors.set(ledgerOf(key), { memberId: key.memberId, cursor: Math.max(before, cursor) });
      return before;
    },
    async authorsBetween(practiceId, { spaces, after, upTo }) {
      const rows = rowsOf(of(practiceId), spaces).filter((row) => row.version > after && row.version <= upTo);
      return [...new Set(rows.map((row) => row.author))];
    },
    async deliveredThrough(practiceId, { object, relation }, memberId) {
      const { tuples, cursors } = of(practiceId);
      const receivers = [...tuples.values()]
        .flat()
        .filter((tuple) => tuple.object === object && tuple.relation === relation)
        .map((tuple) => tuple.subject);
      const theirs = [...cursors.values()].filter(
        (device) => device.memberId !== memberId && receivers.includes(`member:${device.memberId}`),
      );
      return Math.max(0, ...theirs.map((device) => device.cursor));
    },
  };
}

function emptyPractice(id: string, slug: string): Practice {
  const nothing = { rows: new Map(), tuples: new Map(), ledger: new Map(), cursors: new Map() };
  return { id, slug, version: 0, relationsVersion: 0, ...nothing };
}

function copyOf(practice: Practice): Practice {
  return structuredClone(practice);
}

const ledgerOf = ({ memberId, device }: LedgerKey) => `${memberId} ${device}`;

function viewerIn({ tuples }: Practice, userId: string) {
  const all = [...tuples.values()].flat();
  const own = all.find((tuple) => tuple.relation === 'user' && tuple.subject === `user:${userId}`)?.object;
  if (own === undefined) return null;
  return {
    memberId: own.replace(/^member:/, ''),
    tuples: all.filter(({ subject }) => subject === own || subject === 'practice'),
  };
}

function commitTo(practice: Practice, commit: Commit): { before: number } | 'stale' {
  const { expect, ledger, images, entries, applied } = commit;
  if (practice.relationsVersion !== expect.relationsVersion) return 'stale';
  const answers = ledger && (practice.ledger.get(ledgerOf(ledger)) ?? new Map<number, PushResult>());
  if (answers && Math.max(0, ...answers.keys()) !== expect.lastN) return 'stale';
  for (const [key, { version }] of expect.rows)
    if ((practice.rows.get(key)?.version ?? null) !== version) return 'stale';
  const before = practice.version;
  for (const image of images) put(practice, image, { before, receivedAt: commit.receivedAt });
  if (ledger && answers) {
    for (const entry of entries) answers.set(entry.n, resultOf(entry, before));
    practice.ledger.set(ledgerOf(ledger), answers);
  }
  practice.version += applied;
  if (images.some((image) => image.relations !== null)) practice.relationsVersion += 1;
  return { before };
}

function put(practice: Practice, image: RowImage, { before, receivedAt }: { before: number; receivedAt: Date }): void {
  const { type, id, space, by, fields, order, relations } = image;
  const key = rowKey(image);
  const old = practice.rows.get(key);
  const row = { id, type, space, version: before + 1 + order, author: old?.author ?? by };
  const at = old !== undefined && !isTombstone(old) ? old.at : receivedAt.toISOString();
  practice.rows.set(key, fields === null ? { ...row, deleted: true } : { ...row, by: row.author, at, fields });
  if (relations !== null) practice.tuples.set(key, distinct(relations));
}

function distinct(tuples: readonly Tuple[]): Tuple[] {
  return [...new Map(tuples.map((tuple) => [JSON.stringify(tuple), tuple])).values()];
}

function rowsOf(practice: Practice, spaces: readonly string[]) {
  const wanted = new Set(spaces);
  return [...practice.rows.values()].filter((row) => wanted.has(row.space)).sort((a, b) => a.version - b.version);
}

function livePage(practice: Practice, { spaces, cursor, limit }: PullAsk) {
  if (cursor === null || cursor >= practice.version) return { rows: [], cursor: practice.version, more: false };
  const found = rowsOf(practice, spaces).filter((row) => row.version > cursor);
  const end = wholeVersions(found, limit);
  const rows = found.slice(0, end).map(mustShape);
  if (end === found.length) return { rows, cursor: practice.version, more: false };
  return { rows, cursor: must(rows.at(-1), 'a row').version, more: true };
}

function fillPage(practice: Practice, fill: { spaces: readonly string[]; before: number }, limit: number) {
  const found = rowsOf(practice, fill.spaces)
    .filter((row) => row.version < fill.before && !isTombstone(row))
    .reverse();
  const end = wholeVersions(found, limit);
  const rows = found.slice(0, end).map(mustShape);
  return { rows, before: end === found.length ? null : must(rows.at(-1), 'a row').version };
}

/** Where a page of `limit` rows ends that divides no version; a first version longer than that is a page of its own. */
function wholeVersions(found: readonly StoredRow[], limit: number): number {
  if (found.length <= limit) return found.length;
  const next = must(found[limit], 'a row').version;
  const start = found.findIndex((row) => row.version === next);
  return start > 0 ? start : found.filter((row) => row.version === next).length;
}

function mustShape(row: StoredRow & { readonly author: string }): StoredRow {
  return must(shapeOf(row), 'a row');
}

/** A copy without the store's own notes, so that no caller can change what is stored. */
function shapeOf(row: (StoredRow & { readonly author: string }) | undefined): StoredRow | null {
  if (row === undefined) return null;
  const { author: _, ...shape } = row;
  return structuredClone(shape);
}
