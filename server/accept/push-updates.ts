// Judges mutations of one device that carry updates of documents. The log of documents comes first and the ledger after it: where
// the second is missed, the same act comes again, is known to its document, and is entered then. So an update is applied once.

import { base64urlToBytes } from '../../src/base/base64url.ts';
import { must } from '../../src/base/must.ts';
import { UPDATE_VERSION, updateArgs } from '../../src/sync/core/doc-wire.ts';
import type { UpdateArgs } from '../../src/sync/core/doc-wire.ts';
import { UPDATE_MUTATION } from '../../src/sync/core/mutation.ts';
import type { Mutation, Refusal } from '../../src/sync/core/mutation.ts';
import { LIMITS } from '../../src/sync/core/protocol.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { Sent } from '../relay/relay.ts';
import type { Outcome } from '../relay/room.ts';
import { resultOf } from '../store/commit-batch.ts';
import type { BatchReads, LedgerEntry } from '../store/store.ts';
import { answered, ATTEMPTS, judgeNumbers } from './push-rows.ts';
import type { Incoming, Part, PartOutcome, PushParts, Refresh } from './push-rows.ts';
import type { Viewer } from './viewer.ts';

/** Whether a mutation is for the documents. */
export function isUpdate(incoming: Incoming): incoming is Mutation {
  return 'name' in incoming && incoming.name === UPDATE_MUTATION;
}

/** Whether it is one that only a later release can read. */
export function isNewerUpdate(incoming: Incoming): boolean {
  return isUpdate(incoming) && incoming.v > UPDATE_VERSION;
}

/** Judges and keeps each, and enters the answers. `try-again` where the log could not take one; those before it are entered. */
export async function pushUpdates(parts: PushParts, refresh: Refresh, part: Part): Promise<PartOutcome> {
  const mutations = part.incoming.filter(isUpdate);
  const told = new Map<string, Refusal | Outcome>();
  const [ns, mids] = [mutations.map((m) => m.n), mutations.map((m) => m.mid)];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const viewer = await refresh();
    if (viewer === null) return { kind: 'not-found' };
    if (part.epoch && part.epoch !== viewer.practice.epoch) return { kind: 'epoch-changed' };
    const key = { memberId: viewer.principal.memberId, device: part.device };
    const reads = await parts.store.readBatch(viewer.practice.id, { key, refs: [], ns, mids });
    const early = judgeNumbers(mutations, reads);
    if (early !== null) return early;
    const fresh = mutations.filter(({ n, mid }) => n > reads.lastN && !reads.known.has(mid) && !told.has(mid));
    await submit(parts, { viewer, fresh, told, device: part.device });
    const { entries, applied, isCut } = entriesOf(mutations, reads, told);
    const old = mutations.flatMap((m) => reads.answered.get(m.n) ?? []);
    const { epoch, version } = viewer.practice;
    const answer = (results: PushResult[], now: number): PartOutcome =>
      isCut ? { kind: 'try-again' } : answered([...old, ...results], { version: now, epoch }, []);
    if (entries.length === 0) return answer([], version);
    const unknown = entries.flatMap((entry) => ('known' in entry ? [] : [entry.mid]));
    const done = await parts.store.commit(viewer.practice.id, {
      ledger: key,
      expect: { relationsVersion: viewer.practice.relationsVersion, lastN: reads.lastN, unknown, rows: new Map() },
      applied,
      images: [],
      entries,
      receivedAt: parts.now(),
    });
    if (done === 'stale') continue;
    const results = entries.map((entry) => resultOf(entry, done.before));
    return answer(results, done.before + applied);
  }
  return { kind: 'try-again' };
}

/** Notes what becomes of each, by `mid`; one that comes twice is asked for once. */
async function submit(
  { relay }: PushParts,
  ask: { viewer: Viewer; fresh: readonly Mutation[]; told: Map<string, Refusal | Outcome>; device: string },
): Promise<void> {
  const { viewer, fresh, told, device } = ask;
  const sent = new Map<string, Sent>();
  for (const mutation of fresh) {
    const parsed = parse(mutation, viewer.principal.memberId);
    if ('code' in parsed) {
      told.set(mutation.mid, parsed);
      relay.noteRefused(viewer, { found: null, session: `device:${device}`, code: parsed.code });
    } else sent.set(mutation.mid, parsed);
  }
  const outcomes = await relay.submit(viewer, [...sent.values()], `device:${device}`);
  for (const [i, mid] of [...sent.keys()].entries()) told.set(mid, must(outcomes[i], 'an outcome'));
}

function parse({ args }: Mutation, memberId: string): Sent | Refusal {
  if (Buffer.byteLength(JSON.stringify(args)) > LIMITS.argsBytes) return { code: 'too-large' };
  const parsed = updateArgs.safeParse(args);
  if (!parsed.success) {
    return { code: 'invalid-arguments', where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' };
  }
  const { document, update, by }: UpdateArgs = parsed.data;
  if (by !== memberId) return { code: 'not-author', where: 'by' };
  const bytes = base64urlToBytes(update);
  return bytes === null ? { code: 'unreadable' } : { document, update: bytes };
}

/** The ledger's entries, in order, up to the first that the log could not take. */
function entriesOf(
  mutations: readonly Mutation[],
  { lastN, known }: BatchReads,
  told: ReadonlyMap<string, Refusal | Outcome>,
) {
  const entries: LedgerEntry[] = [];
  const orders = new Map<string, number>();
  for (const { n, mid } of mutations) {
    if (n <= lastN) continue;
    const before = known.get(mid);
    if (before !== undefined) {
      entries.push({ n, mid, known: before });
      continue;
    }
    const outcome = must(told.get(mid), 'an outcome');
    if ('code' in outcome) {
      const { code, where } = outcome;
      entries.push({ n, mid, refused: { n, mid, result: 'refused', code, ...(where !== undefined && { where }) } });
      continue;
    }
    if (outcome.kind === 'again') return { entries, applied: orders.size, isCut: true };
    const order = orders.get(mid) ?? orders.size;
    orders.set(mid, order);
    entries.push({ n, mid, applied: order });
  }
  return { entries, applied: orders.size, isCut: false };
}
