// The store in memory, for many devices and a server in one process: every call is one step that nothing can divide. It keeps
// the promises of `store-contract.ts` as the PostgreSQL form does, except that it forgets. Rows are never changed in place, so
// that a backup is a copy of maps.

import { must } from '../../src/base/must.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { StoredRow, Tuple } from '../../src/sync/core/record.ts';
import { parseDocName } from '../../src/sync/core/doc-kind.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import { numbered, resultOf } from './commit-batch.ts';
import type { DocLog } from './doc-log.ts';
import { createMemoryDocLog } from './memory-doc-log.ts';
import type { MemoryDoc, MemoryDocs } from './memory-doc-log.ts';
import type { AuthorsAsk, Commit, LedgerKey, PracticeState, PullAsk, RowImage, Shapes, Store } from './store.ts';
import { WRITERS_AMONG } from './store.ts';

/** A row with what only the store knows of it. */
interface Kept {
  readonly row: StoredRow;
  readonly author: string;
  readonly at: string;
  readonly changedAt: number;
  /** The version of the shape that its fields were written in. */
  readonly shape: number;
}

interface Practice {
  readonly id: string;
  readonly slug: string;
  version: number;
  relationsVersion: number;
  horizon: number;
  backedUpThrough: number;
  readonly rows: Map<string, Kept>;
  readonly tuples: Map<string, readonly Tuple[]>;
  /** By member and device, by number. */
  readonly ledger: Map<string, Map<number, PushResult>>;
  /** By member, by `mid`. */
  readonly known: Map<string, Map<string, PushResult>>;
  readonly cursors: Map<string, { readonly memberId: string; readonly cursor: number }>;
  readonly docs: Map<string, MemoryDoc>;
}

export interface MemoryStore extends Store {
  /** The documents of the same practices. */
  readonly docs: DocLog;
  /** The same store as another release reads it. */
  readAs(shapes: Shapes): Store;
  addPractice(practice: { id: string; slug: string }): void;
  /** What a backup would hold. */
  backup(): MemoryBackup;
  /** A backup of what is there now has been made and is safe. */
  markBackedUp(): void;
  /** Goes back to a backup, or on with what there is, as another life of the database. */
  restore(backup: MemoryBackup, epoch: string): void;
}

export type MemoryBackup = readonly Practice[];

export function createMemoryStore(firstEpoch: string): MemoryStore {
  let epoch = firstEpoch;
  let practices = new Map<string, Practice>();
  const of = (practiceId: string) => must(practices.get(practiceId), 'a practice');
  const stateOf = ({ id, slug, version, relationsVersion, horizon, backedUpThrough }: Practice): PracticeState => ({
    ...{ id, slug, version, relationsVersion, horizon, backedUpThrough },
    epoch,
  });
  const reading = (shapes: Shapes): Store => ({
    async practice(slug) {
      const found = [...practices.values()].find((practice) => practice.slug === slug);
      return found === undefined ? null : stateOf(found);
    },
    viewer: async (practiceId, userId) => viewerIn(of(practiceId), userId),
    async readBatch(practiceId, { key, refs, ns, mids = [] }) {
      const { rows, ledger, known } = of(practiceId);
      const answers = ledger.get(ledgerOf(key));
      const told = known.get(key.memberId);
      return {
        rows: new Map(refs.map((ref) => [rowKey(ref), shaped(rows.get(rowKey(ref)), shapes)])),
        lastN: lastOf(answers),
        answered: new Map(ns.flatMap((n) => pairOf(n, answers?.get(n)))),
        known: new Map(mids.flatMap((mid) => pairOf(mid, told?.get(mid)))),
      };
    },
    commit: async (practiceId, commit) => commitTo(of(practiceId), commit),
    async pull(practiceId, ask) {
      const practice = of(practiceId);
      const fill = ask.fill && fillPage(practice, ask.fill, ask.limit);
      const whole = ask.whole ? rowsOf(practice, [ask.whole]).filter((row) => !isTombstone(row)) : null;
      const live = livePage(practice, ask);
      const shape = <Page extends { rows: StoredRow[] }>(page: Page) => ({
        ...page,
        rows: page.rows.map((row) => shapedIn(practice, row, shapes)),
      });
      return {
        state: stateOf(practice),
        ...shape(live),
        fill: fill && shape(fill),
        whole: whole && shape({ rows: whole }).rows,
      };
    },
    async moveDevice(practiceId, key, cursor) {
      const { cursors } = of(practiceId);
      const before = cursors.get(ledgerOf(key))?.cursor ?? 0;
      cursors.set(ledgerOf(key), { memberId: key.memberId, cursor: Math.max(before, cursor) });
      return before;
    },
    authorsBetween: async (practiceId, ask) => authorsBetween(of(practiceId), ask),
    deliveredThrough: async (practiceId, receivers, memberId) => furthest(of(practiceId), receivers, memberId),
    purgeTombstones: async (practiceId, olderThan) => purge(of(practiceId), olderThan),
  });
  return {
    ...reading(asStored),
    readAs: reading,
    docs: createMemoryDocLog((practiceId) => docsOf(of(practiceId))),
    addPractice: ({ id, slug }) => void practices.set(id, emptyPractice(id, slug)),
    backup: () => [...practices.values()].map(copyOf),
    markBackedUp() {
      for (const practice of practices.values()) practice.backedUpThrough = practice.version;
    },
    restore(backup, next) {
      practices = new Map(
        backup.map((practice) => [practice.id, { ...copyOf(practice), backedUpThrough: practice.version }]),
      );
      epoch = next;
    },
  };
}

/** Rows are as they were written, for the release that has written them all. */
const asStored: Shapes = (_type, fields) => fields;

function shaped(kept: Kept | undefined, shapes: Shapes): StoredRow | null {
  if (kept === undefined || isTombstone(kept.row) || shapes === asStored) return kept?.row ?? null;
  return { ...kept.row, fields: shapes(kept.row.type, kept.row.fields, kept.shape) };
}

function shapedIn({ rows }: Practice, row: StoredRow, shapes: Shapes): StoredRow {
  return must(shaped(rows.get(rowKey(row)), shapes) ?? undefined, 'a row');
}

function emptyPractice(id: string, slug: string): Practice {
  const numbers = { version: 0, relationsVersion: 0, horizon: 0, backedUpThrough: 0 };
  const maps = {
    rows: new Map(),
    tuples: new Map(),
    ledger: new Map(),
    known: new Map(),
    cursors: new Map(),
    docs: new Map(),
  };
  return { id, slug, ...numbers, ...maps };
}

function copyOf(practice: Practice): Practice {
  const { rows, tuples, ledger, known, cursors, docs } = practice;
  const copies = <K, V>(maps: Map<string, Map<K, V>>) => new Map([...maps].map(([key, map]) => [key, new Map(map)]));
  return {
    ...practice,
    rows: new Map(rows),
    tuples: new Map(tuples),
    ledger: copies(ledger),
    known: copies(known),
    cursors: new Map(cursors),
    docs: new Map(docs),
  };
}

const ledgerOf = ({ memberId, device }: LedgerKey) => `${memberId} ${device}`;

const pairOf = <K>(key: K, result: PushResult | undefined): [K, PushResult][] => (result ? [[key, result]] : []);

/** Numbers are entered in order. */
function lastOf(answers: Map<number, PushResult> | undefined): number {
  return answers === undefined ? 0 : Math.max(0, ...answers.keys());
}

function viewerIn({ tuples }: Practice, userId: string) {
  const all = [...tuples.values()].flat();
  const own = all.find((tuple) => tuple.relation === 'user' && tuple.subject === `user:${userId}`)?.object;
  if (own === undefined) return null;
  const near = new Set(
    all.flatMap(({ object, subject }) => (subject === own && object !== 'practice' ? [object] : [])),
  );
  return {
    memberId: own.replace(/^member:/, ''),
    tuples: all.filter(
      ({ object, relation, subject }) =>
        subject === own ||
        subject === 'practice' ||
        (object === 'practice' && relation === 'provider') ||
        near.has(object),
    ),
  };
}

function commitTo(practice: Practice, commit: Commit): { before: number } | 'stale' {
  const { ledger, images, entries, applied } = commit;
  if (isStale(practice, commit)) return 'stale';
  const before = practice.version;
  for (const image of images) put(practice, image, { before, receivedAt: commit.receivedAt });
  if (ledger !== null) {
    const answers = upsert(practice.ledger, ledgerOf(ledger));
    const told = upsert(practice.known, ledger.memberId);
    for (const entry of entries) {
      answers.set(entry.n, resultOf(entry, before));
      told.set(entry.mid, resultOf(entry, before));
    }
  }
  practice.version += applied;
  if (images.some((image) => image.relations !== null)) practice.relationsVersion += 1;
  return { before };
}

function isStale(practice: Practice, { expect, ledger }: Commit): boolean {
  if (practice.relationsVersion !== expect.relationsVersion) return true;
  if (ledger !== null) {
    if (lastOf(practice.ledger.get(ledgerOf(ledger))) !== expect.lastN) return true;
    const told = practice.known.get(ledger.memberId);
    if (expect.unknown?.some((mid) => told?.has(mid))) return true;
  }
  return [...expect.rows].some(([key, { version }]) => (practice.rows.get(key)?.row.version ?? null) !== version);
}

/** Where a practice's documents are kept, and how their header rows are written. */
function docsOf(practice: Practice): MemoryDocs {
  return {
    docs: practice.docs,
    fieldsOf: (type, id) => {
      const row = practice.rows.get(rowKey({ type, id }))?.row;
      if (row === undefined) return undefined;
      return isTombstone(row) ? null : row.fields;
    },
    write(images, receivedAt) {
      for (const image of images) put(practice, image, { before: practice.version, receivedAt });
      practice.version += images.length;
    },
  };
}

function upsert<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const map = maps.get(key) ?? new Map<K, V>();
  maps.set(key, map);
  return map;
}

function put(practice: Practice, image: RowImage, { before, receivedAt }: { before: number; receivedAt: Date }): void {
  const { type, id, space, fields, order, relations, heads, schemaVersion: shape } = image;
  const key = rowKey(image);
  const old = practice.rows.get(key);
  const [author, at] = [old?.author ?? image.by, old?.at ?? receivedAt.toISOString()];
  const base = { id, type, space, version: before + 1 + order };
  const shown = heads === undefined ? {} : { heads: numbered(heads, before) };
  const row: StoredRow = fields === null ? { ...base, deleted: true } : { ...base, by: author, at, fields, ...shown };
  practice.rows.set(key, { row, author, at, changedAt: receivedAt.getTime(), shape });
  if (relations !== null) practice.tuples.set(key, distinct(relations));
}

function distinct(tuples: readonly Tuple[]): Tuple[] {
  return [...new Map(tuples.map((tuple) => [JSON.stringify(tuple), tuple])).values()];
}

function rowsOf(practice: Practice, spaces: readonly string[], after = -1): StoredRow[] {
  const wanted = new Set(spaces);
  return [...practice.rows.values()]
    .flatMap(({ row }) => (row.version > after && wanted.has(row.space) ? [row] : []))
    .sort((a, b) => a.version - b.version);
}

function livePage(practice: Practice, { spaces, cursor, limit }: PullAsk) {
  if (cursor === null || cursor >= practice.version) return { rows: [], cursor: practice.version, more: false };
  const found = rowsOf(practice, spaces, cursor);
  const end = wholeVersions(found, limit);
  const rows = found.slice(0, end);
  if (end === found.length) return { rows, cursor: practice.version, more: false };
  return { rows, cursor: must(rows.at(-1), 'a row').version, more: true };
}

function fillPage(practice: Practice, fill: { spaces: readonly string[]; before: number }, limit: number) {
  const found = rowsOf(practice, fill.spaces)
    .filter((row) => row.version < fill.before && !isTombstone(row))
    .reverse();
  const end = wholeVersions(found, limit);
  const rows = found.slice(0, end);
  return { rows, before: end === found.length ? null : must(rows.at(-1), 'a row').version };
}

/** Where a page of `limit` rows ends that divides no version; a first version longer than that is a page of its own. */
function wholeVersions(found: readonly StoredRow[], limit: number): number {
  if (found.length <= limit) return found.length;
  const next = must(found[limit], 'a row').version;
  const start = found.findIndex((row) => row.version === next);
  return start > 0 ? start : found.filter((row) => row.version === next).length;
}

function authorsBetween({ rows, docs }: Practice, { spaces, after, upTo, kinds }: AuthorsAsk): string[] {
  const wanted = new Set(spaces);
  const found = [...rows.values()].filter(
    ({ row }) => wanted.has(row.space) && row.version > after && row.version <= upTo,
  );
  const ids = new Set(found.map(({ row }) => row.id));
  const written = [...docs].filter(([name]) => {
    const { kind, id } = parseDocName(name) ?? {};
    return kinds.includes(kind ?? '') && ids.has(id ?? '');
  });
  const writers = written.flatMap(([, { entries }]) => entries.slice(-WRITERS_AMONG).map(({ by }) => by));
  return [...new Set([...found.map(({ author }) => author), ...writers])];
}

function furthest(
  { tuples, cursors }: Practice,
  { object, relation }: { object: string; relation: string },
  memberId: string,
): number {
  const receivers = new Set(
    [...tuples.values()].flat().flatMap((t) => (t.object === object && t.relation === relation ? [t.subject] : [])),
  );
  const theirs = [...cursors.values()].filter(
    (device) => device.memberId !== memberId && receivers.has(`member:${device.memberId}`),
  );
  return Math.max(0, ...theirs.map((device) => device.cursor));
}

function purge(practice: Practice, olderThan: Date): number {
  const old = [...practice.rows].filter(
    ([, { row, changedAt }]) => isTombstone(row) && changedAt < olderThan.getTime(),
  );
  for (const [key, { row }] of old) {
    practice.rows.delete(key);
    practice.horizon = Math.max(practice.horizon, row.version);
  }
  return old.length;
}
