// Judges mutations of one device that act on rows: what the ledger already answered is answered again, the rest is parsed, held to
// policy and run in memory over one prefetched read set, and committed whole. Where the ground moved meanwhile, all again.

import type { Mutation, Refusal } from '../../src/sync/core/mutation.ts';
import { isRefusal, UPDATE_MUTATION } from '../../src/sync/core/mutation.ts';
import { decide } from '../../src/sync/core/policy.ts';
import { LIMITS } from '../../src/sync/core/protocol.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { Space, StoredRow } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import { parseMutation, runParsed } from '../../src/sync/core/run.ts';
import type { Declarations, ParsedMutation } from '../../src/sync/core/run.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { ReadSet } from '../../src/sync/core/tx.ts';
import { must } from '../../src/base/must.ts';
import { resultOf } from '../store/commit-batch.ts';
import type { BatchReads, Commit, LedgerEntry, PracticeState, RowImage, Store } from '../store/store.ts';
import type { Relay } from '../relay/relay.ts';
import type { Viewer } from './viewer.ts';

/** A mutation as it came: a parcel that could not be opened is already refused, but still takes its number. */
export type Incoming = Mutation | { readonly n: number; readonly mid: string; readonly unreadable: Refusal };

export interface RowParts {
  readonly store: Store;
  readonly declared: Declarations;
  now(): Date;
  /** Hears of a fault of this program that one mutation has brought out. */
  onFault(fault: { readonly mutator: string; readonly error: unknown }): void;
}

export interface PushParts extends RowParts {
  readonly relay: Relay;
}

export type PushOutcome =
  | {
      readonly kind: 'answered';
      readonly results: PushResult[];
      readonly version: number;
      readonly epoch: string;
      readonly spaces: ReadonlySet<Space>;
      /** Who may read what has changed with it. */
      readonly isGrant: boolean;
    }
  | { readonly kind: 'gap'; readonly expected: number }
  | { readonly kind: 'device-forked' }
  | { readonly kind: 'epoch-changed' }
  | { readonly kind: 'try-again' };

/** Part of a batch, judged with one look at the ground. */
export type Part = { device: string; epoch?: string | null | undefined; incoming: readonly Incoming[] };
export type Refresh = () => Promise<Viewer | null>;
export type PartOutcome = PushOutcome | { readonly kind: 'not-found' };

export const ATTEMPTS = 8;

/**
 * Accepts or refuses each mutation, in order. Promises: effect and ledger entry are one transaction; a repeat has no effect,
 * under whichever device and number its `mid` comes again; a refusal, or a fault of this program's own, never blocks what
 * follows. From the first that only a later release can judge on, all are held. Of a device that speaks of another life of the
 * server nothing is judged: its numbers would mean something else here. `viewer` is the authenticated member; nothing in the
 * batch can name another.
 */
export async function pushRows(
  { store, declared, now, onFault }: RowParts,
  refresh: Refresh,
  batch: Part,
): Promise<PartOutcome> {
  const faults = new FaultsOnce(onFault);
  const parsed = batch.incoming.map((mutation) => parseIncoming(declared, mutation));
  const refs = uniqueRefs(parsed);
  const [ns, mids] = [batch.incoming.map((m) => m.n), batch.incoming.map((m) => m.mid)];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const viewer = await refresh();
    if (viewer === null) return { kind: 'not-found' };
    if (batch.epoch && batch.epoch !== viewer.practice.epoch) return { kind: 'epoch-changed' };
    const key = { memberId: viewer.principal.memberId, device: batch.device };
    const reads = await store.readBatch(viewer.practice.id, { key, refs, ns, mids });
    const early = judgeNumbers(batch.incoming, reads);
    if (early !== null) return early;
    const { incoming, held } = untilHeld(batch.incoming, parsed, reads);
    const judged = judge({ declared, viewer, reads, parsed, incoming, at: now(), device: batch.device, faults });
    const old = incoming.flatMap((m) => reads.answered.get(m.n) ?? []);
    if (judged.entries.length === 0) return answered([...old, ...held], viewer.practice, judged.images);
    const done = await store.commit(viewer.practice.id, commitOf(judged, { viewer, reads, key }));
    if (done === 'stale') continue;
    const results = judged.entries.map((entry) => resultOf(entry, done.before));
    const { epoch } = viewer.practice;
    return answered([...old, ...results, ...held], { version: done.before + judged.applied, epoch }, judged.images);
  }
  return { kind: 'try-again' };
}

export function answered(
  results: PushResult[],
  { version, epoch }: Pick<PracticeState, 'version' | 'epoch'>,
  images: readonly RowImage[],
): PushOutcome {
  const spaces = new Set(images.map((image) => image.space));
  const isGrant = images.some((image) => image.relations !== null);
  return { kind: 'answered', results, version, epoch, spaces, isGrant };
}

/** Numbers must go on where the ledger ends, and a number that was answered must carry the same `mid`. */
export function judgeNumbers(incoming: readonly Incoming[], reads: BatchReads): PushOutcome | null {
  const forked = incoming.some((m) => (reads.answered.get(m.n)?.mid ?? m.mid) !== m.mid);
  if (forked) return { kind: 'device-forked' };
  const gapless = incoming.every((m, i) => m.n === must(incoming[0], 'a mutation').n + i);
  if (!gapless || must(incoming[0], 'a mutation').n > reads.lastN + 1)
    return { kind: 'gap', expected: reads.lastN + 1 };
  return null;
}

/** `newer`: of a later release than this one; `fault`: what this program threw where it should have parsed. */
type Parsed = ParsedMutation | Refusal | { readonly fault: unknown } | 'void' | 'newer';

/** What can be answered now, and what has to wait: from the first that is of a later release, and was not answered by one. */
function untilHeld(batch: readonly Incoming[], parsed: readonly Parsed[], { lastN, known }: BatchReads) {
  const at = batch.findIndex(({ n, mid }, i) => parsed[i] === 'newer' && n > lastN && !known.has(mid));
  const end = at < 0 ? batch.length : at;
  const held = batch
    .slice(end)
    .map(({ n, mid }): PushResult => ({ n, mid, result: 'held', code: 'newer-than-server' }));
  return { incoming: batch.slice(0, end), held };
}

function parseIncoming(declared: Declarations, mutation: Incoming): Parsed {
  if ('unreadable' in mutation) return mutation.unreadable;
  // Those of this release go to the documents.
  if (mutation.name === UPDATE_MUTATION) return 'newer';
  try {
    const parsed = parseMutation(declared.mutators, mutation);
    if (isOfLater(declared, mutation, parsed)) return 'newer';
    if (typeof parsed === 'string' || isRefusal(parsed)) return parsed;
    return Buffer.byteLength(JSON.stringify(mutation.args)) > LIMITS.argsBytes ? { code: 'too-large' } : parsed;
  } catch (fault) {
    return { fault };
  }
}

/** Names are for ever: one that is not known here and was never retired will be known to a later release. */
function isOfLater({ retired = [] }: Declarations, { name }: Mutation, parsed: object | string): boolean {
  return typeof parsed === 'object' && 'code' in parsed && parsed.code === 'unknown-mutator' && !retired.includes(name);
}

function uniqueRefs(parsed: readonly Parsed[]) {
  const refs = parsed.flatMap((one) => (typeof one === 'object' && 'reads' in one ? one.reads : []));
  return [...new Map(refs.map((ref) => [rowKey(ref), ref])).values()];
}

interface Judged {
  readonly entries: LedgerEntry[];
  readonly images: RowImage[];
  readonly applied: number;
  readonly at: Date;
}

function judge(ask: {
  declared: Declarations;
  viewer: Viewer;
  reads: BatchReads;
  parsed: readonly Parsed[];
  incoming: readonly Incoming[];
  at: Date;
  device: string;
  faults: FaultsOnce;
}): Judged {
  const known: ReadSet = new Map(ask.reads.rows);
  const images = new Map<string, RowImage>();
  const entries = new Map<string, LedgerEntry>();
  const repeats: LedgerEntry[] = [];
  let applied = 0;
  for (const [i, incoming] of ask.incoming.entries()) {
    const { n, mid } = incoming;
    if (n <= ask.reads.lastN) continue;
    const [told, before] = [entries.get(mid), ask.reads.known.get(mid)];
    if (told !== undefined) {
      repeats.push(underNumber(told, n));
      continue;
    }
    if (before !== undefined) {
      entries.set(mid, { n, mid, known: before });
      continue;
    }
    const base = 'base' in incoming ? incoming.base : 0;
    const parsed = must(ask.parsed[i], 'a parsed mutation');
    const outcome = withoutFault(ask, { incoming, parsed, base, order: applied }, known);
    if (!Array.isArray(outcome)) {
      entries.set(mid, { n, mid, refused: { n, mid, result: 'refused', ...outcome } });
      continue;
    }
    for (const image of outcome) images.set(rowKey(image), image);
    entries.set(mid, { n, mid, applied });
    applied += 1;
  }
  const inOrder = [...entries.values(), ...repeats].sort((a, b) => a.n - b.n);
  return { entries: inOrder, images: [...images.values()], applied, at: ask.at };
}

/** The same answer once more, under the number that the same act has a second time in one batch. */
function underNumber(entry: LedgerEntry, n: number): LedgerEntry {
  return 'refused' in entry ? { ...entry, n, refused: { ...entry.refused, n } } : { ...entry, n };
}

type Judging = Parameters<typeof judge>[0];
type One = {
  readonly incoming: Incoming;
  readonly parsed: Parsed;
  readonly base: number;
  readonly order: number;
};

/** A fault of this program's own in one mutation is that one's alone: it comes back to its author, the others go on. */
function withoutFault(ask: Judging, one: One, known: ReadSet): RowImage[] | Refusal {
  try {
    return runOne(ask, one, known);
  } catch (error) {
    return ask.faults.failed(one, error);
  }
}

/** Tells each fault once, however often a batch is judged again. */
class FaultsOnce {
  readonly #told = new Set<string>();
  readonly #onFault: RowParts['onFault'];

  constructor(onFault: RowParts['onFault']) {
    this.#onFault = onFault;
  }

  /** The answer to the mutation that has brought it out. */
  failed({ incoming }: One, error: unknown): Refusal {
    if (!this.#told.has(incoming.mid)) this.#onFault({ mutator: 'name' in incoming ? incoming.name : '', error });
    this.#told.add(incoming.mid);
    return { code: 'failed' };
  }
}

/** The images of the rows one mutation changed, now also seen by those after it; or why it was refused. */
function runOne(ask: Judging, { parsed, base, order }: One, known: ReadSet): RowImage[] | Refusal {
  if (parsed === 'void') return [];
  if (parsed === 'newer') throw new Error('what is held is not judged');
  if ('fault' in parsed) throw parsed.fault;
  if (isRefusal(parsed)) return parsed;
  const { principal, relations, practice } = ask.viewer;
  const { policies } = ask.declared;
  const tx = runParsed(ask.declared, parsed, {
    by: principal.memberId,
    device: ask.device,
    // Nobody has news of what is still to come.
    base: Math.min(base, practice.version),
    // Numbers are given at the commit: until then a head carries its place among the applied, below zero.
    version: -1 - order,
    known,
    context: { now: ask.at.toISOString() },
    judge: (resource, verb) => decide(policies, { principal, relations, resource, verb }),
  });
  if (isRefusal(tx)) return tx;
  const images = tx.changed().map((row) => imageOf(ask.declared, row, { order, by: principal.memberId }));
  tx.commitTo(known);
  return images;
}

function imageOf(declared: Declarations, row: StoredRow, { order, by }: { order: number; by: string }): RowImage {
  const type = must(declared.recordTypes[row.type], `record type ${row.type}`);
  const base = { type: row.type, id: row.id, space: row.space, schemaVersion: type.schemaVersion, order };
  if (isTombstone(row)) return { ...base, by, fields: null, relations: type.relations ? [] : null };
  const heads = row.heads === undefined ? {} : { heads: row.heads };
  return { ...base, by: row.by, fields: row.fields, ...heads, relations: type.relations?.(row) ?? null };
}

function commitOf(
  judged: Judged,
  on: { viewer: Viewer; reads: BatchReads; key: { memberId: string; device: string } },
): Commit {
  const rows = new Map(
    [...on.reads.rows].map(([key, row]) => [key, { ref: refOfKey(key), version: row?.version ?? null }] as const),
  );
  const unknown = judged.entries.flatMap((entry) => ('known' in entry ? [] : [entry.mid]));
  return {
    ledger: on.key,
    expect: { relationsVersion: on.viewer.practice.relationsVersion, lastN: on.reads.lastN, unknown, rows },
    applied: judged.applied,
    images: judged.images,
    entries: judged.entries,
    receivedAt: judged.at,
  };
}

function refOfKey(key: string) {
  const slash = key.indexOf('/');
  return { type: key.slice(0, slash), id: key.slice(slash + 1) };
}
