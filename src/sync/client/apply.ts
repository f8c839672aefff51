// What the server said, brought into the device's rows: pages of a pull, and answers to a push. Each is one transaction.
// The visible row is always the server's row with the person's pending acts replayed over it.

import { VOID_MUTATION } from '../core/mutation.ts';
import type { DocKind } from '../core/doc-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import type { PullAnswer, PushAnswer, PushResult } from '../core/protocol.ts';
import { keysOf, replay } from '../core/rebase.ts';
import type { Space, StoredRow } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import { rowKey } from '../core/tx.ts';
import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';
import { must } from '../../base/must.ts';
import type { LocalRow, OutboxEntry, Rejection, SyncState } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { isDoneAgain } from './doc-again.ts';
import { isOfDocument } from './doc-names.ts';
import { forgetDocs, noteTold } from './doc-told.ts';
import { isSpare } from './files-as-one.ts';
import { groundedIn, inLifeOf, UNGROUNDED } from './ground.ts';
import { localKey, readBases, refOf, rowIn, toBaseRow, toLocalRow } from './local-rows.ts';
import type { Desk } from './mutate.ts';
import { isStrict } from './sensitive.ts';
import { hideSensitive } from './strict.ts';

export type ApplyDesk = Omit<Desk, 'sealParcel'>;

export interface Page {
  /** The state that the page was asked for. */
  readonly asked: SyncState;
  readonly rows: PullAnswer['rows'];
  /** More pages of the live range are to come. */
  readonly more: boolean;
  /** Spaces whose rows go before the page's come; those of `strict` with all that their viewer may no longer see. */
  readonly drop: readonly Space[];
  readonly strict: boolean;
  /** Nothing is to be given up for it where the device is full. */
  readonly spare?: boolean;
  /** Computed from the state as it is inside the transaction. */
  next(state: SyncState): SyncState;
}

/** Applies rows and moves the state in one transaction. False, with nothing done, where another tab has moved it meanwhile. */
export async function applyPage(desk: ApplyDesk, page: Page): Promise<boolean> {
  const work = async (tx: DeviceTables): Promise<boolean> => {
    const state = await tx.state();
    if (!isAsAsked(state, page.asked)) return false;
    const after = page.next(state);
    const dropped = page.drop.length > 0 ? await dropSpaces(tx, desk, page.drop) : [];
    const done = await shownBy(tx, desk, { state: after, more: page.more });
    await keepUntilBackedUp(tx, done, after);
    if (!page.more) await markStored(tx, after);
    if (isStrict(after) && (page.strict || done.length > 0)) await hideSensitive(tx, desk.declared);
    const underPending = await putRows(tx, desk, page.rows);
    await noteTold(tx, desk, page.rows);
    await rebase(tx, desk, [...dropped, ...underPending, ...done.flatMap(keysOfEntry(desk))]);
    await tx.putState({ ...after, awaiting: awaitingAfter(desk, after, page.rows) });
    return true;
  };
  return desk.store.transaction(work, page.spare ? 'spare' : undefined);
}

/** Takes in the server's answers: accepted entries wait for the pull that shows them, refused ones become rejections. */
export async function applyResults(desk: ApplyDesk, { results, epoch }: PushAnswer): Promise<void> {
  const processed = results.filter((result) => result.result !== 'held');
  if (processed.length === 0) return;
  await desk.store.transaction(async (tx) => {
    const entries = await tx.outbox.byMids(processed.map((result) => result.mid));
    const entryByMid = new Map(entries.map((entry) => [entry.mid, entry]));
    const refused: OutboxEntry[] = [];
    const accepted: OutboxEntry[] = [];
    const again: NonNullable<OutboxEntry['later']>[] = [];
    for (const result of processed) {
      // By `mid`: the number is another where this device has forked since.
      const entry = entryByMid.get(result.mid);
      if (entry === undefined || entry.version > 0) continue;
      if (result.result === 'applied') accepted.push({ ...entry, version: Math.max(1, result.version) });
      if (result.result !== 'refused') continue;
      refused.push(entry);
      // Given up while it was on its way: there is nothing its author would want back.
      if (entry.mutation?.name === VOID_MUTATION) continue;
      const rejection = rejectionOf(entry, result, desk.now());
      if (entry.later !== undefined && isDoneAgain(rejection)) again.push(entry.later);
      else await tx.rejections.put(rejection);
    }
    await tx.outbox.put(accepted);
    await tx.outbox.delete(refused.map((entry) => entry.n));
    await queueLater(tx, again);
    await rebase(tx, desk, refused.flatMap(keysOfEntry(desk)));
    const state = await tx.state();
    if (isStrict(state) && refused.length > 0) await hideSensitive(tx, desk.declared);
    const answered = [...accepted, ...refused].map((entry) => entry.n);
    await tx.putState({ ...inLifeOf(state, epoch), answeredN: Math.max(state.answeredN, ...answered) });
  });
}

/** What was refused as before goes out as it was done again then, behind what waits. */
async function queueLater(tx: DeviceTables, again: readonly NonNullable<OutboxEntry['later']>[]): Promise<void> {
  if (again.length === 0) return;
  const state = await tx.state();
  const entries = again.map((entry, i) => {
    const parcel = must(base64urlToBytes(entry.parcel) ?? undefined, 'a parcel');
    return { ...entry, parcel, n: state.lastN + 1 + i, version: 0, epoch: UNGROUNDED };
  });
  await tx.outbox.put(entries);
  await tx.putState({ ...state, lastN: state.lastN + again.length });
}

/** Drops spaces and has them filled anew; pending work stays in view. */
export async function refetchSpaces(tx: DeviceTables, desk: ApplyDesk, spaces: readonly Space[]): Promise<void> {
  const touched = await dropSpaces(tx, desk, spaces);
  await rebase(tx, desk, touched);
  const state = await tx.state();
  await tx.putState({ ...state, fills: [{ spaces, before: (state.cursor ?? 0) + 1 }, ...state.fills] });
}

/** Takes back what entries showed that are no longer in the outbox, or have no effect any more. */
export function takeBack(tx: DeviceTables, desk: ApplyDesk, entries: readonly OutboxEntry[]): Promise<void> {
  return rebase(tx, desk, entries.flatMap(keysOfEntry(desk)));
}

/**
 * The server's rows are fetched again from nothing. Work stays: what is unsent or not yet shown remains in view. So does the
 * server's life: a later one must be noticed, for what it has lost of this device's work.
 */
export async function forgetRows(tx: DeviceTables, desk: ApplyDesk): Promise<void> {
  const state = await tx.state();
  await tx.putState({ ...state, ...FORGOTTEN });
  await tx.rows.clear();
  await tx.bases.clear();
  await forgetDocs(tx);
  await rebase(tx, desk, (await tx.outbox.all()).flatMap(keysOfEntry(desk)));
}

const FORGOTTEN = {
  cursor: null,
  news: 0,
  spaces: [],
  fills: [],
  delivered: {},
  awaiting: {},
  checked: {},
} as const;

/** Pages of two tabs may cross: one that was asked from another place than where the device is now would lead it back. */
function isAsAsked(now: SyncState, asked: SyncState): boolean {
  const [fill, askedFill] = [now.fills[0], asked.fills[0]];
  return (
    now.epoch === asked.epoch &&
    now.cursor === asked.cursor &&
    fill?.before === askedFill?.before &&
    fill?.spaces.length === askedFill?.spaces.length
  );
}

/** Drops the rows of spaces. Pending work stays, over nothing: the server answers it. Returns the keys to be replayed. */
async function dropSpaces(tx: DeviceTables, desk: ApplyDesk, spaces: readonly Space[]): Promise<string[]> {
  await tx.rows.deleteSpaces(spaces);
  await tx.bases.deleteSpaces(spaces);
  await tx.docs.deleteSpaces(spaces);
  const [files, { backedUpThrough }] = [await tx.files.ofSpaces(spaces), await tx.state()];
  await tx.files.delete(files.filter((file) => isSpare(file, backedUpThrough)).map(({ id }) => id));
  return (await tx.outbox.all()).flatMap(keysOfEntry(desk));
}

/**
 * Entries whose effect this device now has from the server: acknowledged and shown, so nothing flickers when they go. While
 * pages or a fill are still to come, a cursor says nothing of that. Nor does it of documents: `doc-fetch.ts` sees theirs come.
 */
async function shownBy(
  tx: DeviceTables,
  { declared }: ApplyDesk,
  { state: { cursor, fills }, more }: { state: SyncState; more: boolean },
): Promise<OutboxEntry[]> {
  if (more || fills.length > 0 || cursor === null) return [];
  return (await tx.outbox.acceptedUpTo(cursor)).filter((entry) => !isOfDocument(declared, entry));
}

/** What was shown leaves the outbox, and stays for the case that the server is restored from a time before it. */
export async function keepUntilBackedUp(
  tx: DeviceTables,
  shown: readonly OutboxEntry[],
  { backedUpThrough }: SyncState,
): Promise<void> {
  await tx.outbox.delete(shown.map((entry) => entry.n));
  const unsafe = shown.filter((entry) => entry.version > backedUpThrough);
  if (unsafe.length > 0) await tx.kept.put(unsafe.map(({ locked: _, ...entry }) => entry));
  await tx.kept.deleteUpTo(backedUpThrough);
}

/** A version from after the time at which the server took a file: by it a backup is known to be later. */
async function markStored({ files }: DeviceTables, { cursor }: SyncState): Promise<void> {
  const fresh = (await files.inState('stored')).filter(({ through }) => through === undefined);
  if (fresh.length > 0 && cursor !== null) await files.put(fresh.map((file) => ({ ...file, through: cursor })));
}

/**
 * Notes how far the other side must come to have this person's own work, from whichever of his devices. The header of a document is
 * its first writer's, whoever has moved it: it tells where there are words of his.
 */
function awaitingAfter({ memberId, declared }: ApplyDesk, state: SyncState, rows: readonly StoredRow[]) {
  const awaiting: Record<string, number> = { ...state.awaiting };
  const holdsOwn = (header: DocKind['header'], fields: JsonObject) =>
    header !== undefined && (state.user === undefined || (header.holdsWordsOf?.(fields, state.user) ?? true));
  const headers = new Map(
    Object.values(declared.documents ?? {}).flatMap(({ header }) => (header ? [[header.type, header]] : [])),
  );
  for (const row of rows) {
    if (isTombstone(row)) continue;
    const isOwn = row.by === memberId || holdsOwn(headers.get(row.type), row.fields);
    if (!isOwn) continue;
    awaiting[row.space] = Math.max(awaiting[row.space] ?? 0, row.version);
  }
  return awaiting;
}

/** Puts rows, under pending work where there is some; returns the keys of those. */
async function putRows(tx: DeviceTables, desk: ApplyDesk, rows: readonly StoredRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => localKey(desk.cipher, row));
  const [bases, there] = [await tx.bases.get(keys), await tx.rows.get(keys)];
  const pending = await tx.outbox.keysUnder(keys);
  const plain: LocalRow[] = [];
  const under: string[] = [];
  for (const [i, row] of rows.entries()) {
    const base = bases[i];
    if (base === undefined) {
      if ((there[i]?.version ?? -1) >= row.version) continue;
      plain.push(toLocalRow(desk, row));
      // Pending work that found nothing to act on may do so now.
      if (pending.has(must(keys[i], 'a key'))) under.push(rowKey(row));
    } else if ((base.row?.version ?? -1) < row.version) {
      await tx.bases.put([toBaseRow(desk, row, row)]);
      under.push(rowKey(row));
    }
  }
  await tx.rows.put(plain.filter(({ row }) => !isTombstone(row)));
  await tx.rows.delete(plain.filter(({ row }) => isTombstone(row)).map(({ key }) => key));
  return under;
}

const keysOfEntry =
  ({ declared }: Pick<ApplyDesk, 'declared'>) =>
  ({ mutation }: OutboxEntry): string[] =>
    mutation === undefined ? [] : keysOf(declared.mutators, mutation);

/** Replays the pending work that touches any of these rows; keeps a base under what it changes, and no other. */
async function rebase(tx: DeviceTables, desk: ApplyDesk, touched: readonly string[]): Promise<void> {
  if (touched.length === 0) return;
  const { cipher, declared, memberId } = desk;
  const { keys, pending } = await pendingOver(tx, desk, touched);
  const refs = [...keys].map(refOf);
  const bases = await readBases(tx, desk, refs);
  const { device, epoch } = await tx.state();
  const mutations = pending.flatMap((entry) => groundedIn(epoch, entry) ?? []);
  const { rows, changed } = replay(declared, bases, { pending: mutations, by: memberId, device });
  const [put, gone, under, free]: [LocalRow[], string[], Parameters<typeof tx.bases.put>[0][number][], string[]] = [
    [],
    [],
    [],
    [],
  ];
  for (const ref of refs) {
    const key = rowKey(ref);
    const local = localKey(cipher, ref);
    const row = rowIn(rows, key);
    if (row === null || isTombstone(row)) gone.push(local);
    else put.push(toLocalRow(desk, row));
    if (!changed.has(key)) free.push(local);
    else if (row !== null) under.push(toBaseRow(desk, row, rowIn(bases, key)));
  }
  await tx.rows.delete(gone);
  await tx.rows.put(put);
  await tx.bases.delete(free);
  await tx.bases.put(under);
}

/** Every pending entry that reads or writes one of the rows, and, through those entries, the rows they reach. */
async function pendingOver(tx: DeviceTables, desk: ApplyDesk, touched: readonly string[]) {
  const keys = new Set(touched);
  const found = new Map<number, OutboxEntry>();
  let ask = [...keys];
  while (ask.length > 0) {
    const entries = await tx.outbox.over(ask.map((key) => localKey(desk.cipher, refOf(key))));
    const fresh = entries.filter((entry) => !found.has(entry.n));
    for (const entry of fresh) found.set(entry.n, entry);
    ask = [...new Set(fresh.flatMap(keysOfEntry(desk)))].filter((key) => !keys.has(key));
    for (const key of ask) keys.add(key);
  }
  return { keys, pending: [...found.values()].sort((a, b) => a.n - b.n) };
}

function rejectionOf(
  { mutation, parcel, partial, again, first, locked, header }: OutboxEntry,
  { mid, code, where }: Extract<PushResult, { result: 'refused' }>,
  now: Date,
): Rejection {
  const why = {
    mid,
    code,
    ...(where && { where }),
    at: now.toISOString(),
    ...(partial && { partial }),
    ...(again && { again }),
    ...(first && { first }),
  };
  return { ...why, mutation: mutation ?? null, parcel: bytesToBase64url(parcel), ...(locked && { locked, header }) };
}
