// Judges a batch of one device's mutations: what the ledger already answered is answered again, the rest is parsed, held to
// policy and run in memory over one prefetched read set, and committed whole. Where the ground moved meanwhile, all again.

import type { Mutation, Refusal } from '../../src/sync/core/mutation.ts';
import { isRefusal } from '../../src/sync/core/mutation.ts';
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
import type { BatchReads, Commit, LedgerEntry, RowImage, Store } from '../store/store.ts';
import type { Viewer } from './viewer.ts';

/** A mutation as it came: a parcel that could not be opened is already refused, but still takes its number. */
export type Incoming = Mutation | { readonly n: number; readonly mid: string; readonly unreadable: Refusal };

export type PushOutcome =
  | {
      readonly kind: 'answered';
      readonly results: PushResult[];
      readonly version: number;
      readonly spaces: ReadonlySet<Space>;
    }
  | { readonly kind: 'gap'; readonly expected: number }
  | { readonly kind: 'device-forked' }
  | { readonly kind: 'try-again' };

const ATTEMPTS = 8;

/**
 * Accepts or refuses each mutation, in order. Promises: effect and ledger entry are one transaction; a repeat has no effect;
 * a refusal never blocks what follows. `viewer` is the authenticated member; nothing in the batch can name another.
 */
export async function push(
  { store, declared, now }: { store: Store; declared: Declarations; now: () => Date },
  refresh: () => Promise<Viewer | null>,
  batch: { device: string; incoming: readonly Incoming[] },
): Promise<PushOutcome | { kind: 'not-found' }> {
  const parsed = batch.incoming.map((mutation) => parseIncoming(declared, mutation));
  const refs = uniqueRefs(parsed);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const viewer = await refresh();
    if (viewer === null) return { kind: 'not-found' };
    const key = { memberId: viewer.principal.memberId, device: batch.device };
    const reads = await store.readBatch(viewer.practice.id, { key, refs, ns: batch.incoming.map((m) => m.n) });
    const early = judgeNumbers(batch.incoming, reads);
    if (early !== null) return early;
    const judged = judge({
      declared,
      viewer,
      reads,
      parsed,
      incoming: batch.incoming,
      at: now(),
      device: batch.device,
    });
    const old = batch.incoming.flatMap((m) => reads.answered.get(m.n) ?? []);
    if (judged.entries.length === 0) return answered(old, viewer.practice.version, judged.images);
    const done = await store.commit(viewer.practice.id, commitOf(judged, { viewer, reads, key }));
    if (done === 'stale') continue;
    const results = judged.entries.map((entry) => resultOf(entry, done.before));
    return answered([...old, ...results], done.before + judged.applied, judged.images);
  }
  return { kind: 'try-again' };
}

function answered(results: PushResult[], version: number, images: readonly RowImage[]): PushOutcome {
  return { kind: 'answered', results, version, spaces: new Set(images.map((image) => image.space)) };
}

/** Numbers must go on where the ledger ends, and a number that was answered must carry the same `mid`. */
function judgeNumbers(incoming: readonly Incoming[], reads: BatchReads): PushOutcome | null {
  const forked = incoming.some((m) => (reads.answered.get(m.n)?.mid ?? m.mid) !== m.mid);
  if (forked) return { kind: 'device-forked' };
  const gapless = incoming.every((m, i) => m.n === must(incoming[0], 'a mutation').n + i);
  if (!gapless || must(incoming[0], 'a mutation').n > reads.lastN + 1)
    return { kind: 'gap', expected: reads.lastN + 1 };
  return null;
}

type Parsed = ParsedMutation | Refusal | 'void';

function parseIncoming(declared: Declarations, mutation: Incoming): Parsed {
  if ('unreadable' in mutation) return mutation.unreadable;
  const parsed = parseMutation(declared.mutators, mutation);
  if (parsed === 'newer') return { code: 'unknown-mutator' };
  if (parsed === 'void' || isRefusal(parsed)) return parsed;
  return Buffer.byteLength(JSON.stringify(mutation.args)) > LIMITS.argsBytes ? { code: 'too-large' } : parsed;
}

function uniqueRefs(parsed: readonly Parsed[]) {
  const refs = parsed.flatMap((one) => (one === 'void' || isRefusal(one) ? [] : one.reads));
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
}): Judged {
  const known: ReadSet = new Map(ask.reads.rows);
  const images = new Map<string, RowImage>();
  const entries: LedgerEntry[] = [];
  let applied = 0;
  for (const [i, { n, mid }] of ask.incoming.entries()) {
    if (n <= ask.reads.lastN) continue;
    const outcome = runOne(ask, { parsed: must(ask.parsed[i], 'a parsed mutation'), base: 0, order: applied }, known);
    if (!Array.isArray(outcome)) {
      entries.push({ n, mid, refused: { n, mid, result: 'refused', ...outcome } });
      continue;
    }
    for (const row of outcome)
      images.set(rowKey(row), imageOf(ask.declared, row, { order: applied, by: ask.viewer.principal.memberId }));
    entries.push({ n, mid, applied });
    applied += 1;
  }
  return { entries, images: [...images.values()], applied, at: ask.at };
}

/** The rows one mutation changed, now also seen by those after it; or why it was refused. */
function runOne(
  ask: Parameters<typeof judge>[0],
  { parsed, base, order }: { parsed: Parsed; base: number; order: number },
  known: ReadSet,
): StoredRow[] | Refusal {
  if (parsed === 'void') return [];
  if (isRefusal(parsed)) return parsed;
  const { principal, relations } = ask.viewer;
  const { policies } = ask.declared;
  const tx = runParsed(ask.declared, parsed, {
    by: principal.memberId,
    device: ask.device,
    base,
    // Numbers are given at the commit: until then a head carries its place among the applied, below zero.
    version: -1 - order,
    known,
    context: { now: ask.at.toISOString() },
    judge: (resource, verb) => decide(policies, { principal, relations, resource, verb }),
  });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return tx.changed();
}

function imageOf(declared: Declarations, row: StoredRow, { order, by }: { order: number; by: string }): RowImage {
  const type = must(declared.recordTypes[row.type], `record type ${row.type}`);
  const base = { type: row.type, id: row.id, space: row.space, schemaVersion: type.schemaVersion, order };
  if (isTombstone(row)) return { ...base, by, fields: null, relations: type.relations ? [] : null };
  return { ...base, by: row.by, fields: row.fields, relations: type.relations?.(row) ?? null };
}

function commitOf(
  judged: Judged,
  on: { viewer: Viewer; reads: BatchReads; key: { memberId: string; device: string } },
): Commit {
  const rows = new Map(
    [...on.reads.rows].map(([key, row]) => [key, { ref: refOfKey(key), version: row?.version ?? null }] as const),
  );
  return {
    ledger: on.key,
    expect: { relationsVersion: on.viewer.practice.relationsVersion, lastN: on.reads.lastN, rows },
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
