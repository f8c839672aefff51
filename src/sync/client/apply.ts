// What the server said, brought into the device's rows: pages of a pull, and answers to a push. Each is one transaction.
// The visible row is always the server's row with the person's pending acts replayed over it.

import type { PullAnswer, PushResult } from '../core/protocol.ts';
import { keysOf, replay } from '../core/rebase.ts';
import type { StoredRow } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import { rowKey } from '../core/tx.ts';
import { bytesToBase64url } from '../../base/base64url.ts';
import { must } from '../../base/must.ts';
import type { LocalRow, OutboxEntry, Rejection, SyncState } from './database.ts';
import { localKey, readBases, refOf, rowIn, toLocalRow } from './local-rows.ts';
import type { Desk } from './mutate.ts';

type ApplyDesk = Omit<Desk, 'sealParcel'>;

export interface Page {
  readonly rows: PullAnswer['rows'];
  /** More pages of the live range are to come. */
  readonly more: boolean;
  /** Computed from the state as it is inside the transaction. */
  next(state: SyncState): SyncState;
}

/** Applies rows and moves the state in one transaction. */
export async function applyPage(desk: ApplyDesk, page: Page): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.state], async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    const after = page.next(state);
    const done = await shownBy(desk, after, page.more);
    await db.outbox.bulkDelete(done.map((entry) => entry.n));
    const underPending = await putRows(desk, page.rows);
    await rebase(desk, [...underPending, ...done.flatMap(keysOfEntry(desk))]);
    await db.state.put({ ...after, awaiting: awaitingAfter(desk, after, page.rows) });
  });
}

/** Takes in the server's answers: accepted entries wait for the pull that shows them, refused ones become rejections. */
export async function applyResults(desk: ApplyDesk, results: readonly PushResult[]): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.rejection, db.state], async () => {
    const entries = await db.outbox
      .where('mid')
      .anyOf(results.map((result) => result.mid))
      .toArray();
    const entryByMid = new Map(entries.map((entry) => [entry.mid, entry]));
    const refused: OutboxEntry[] = [];
    for (const result of results) {
      // By `mid`: the number is another where this device has forked since.
      const entry = entryByMid.get(result.mid);
      if (entry === undefined || entry.version > 0) continue;
      if (result.result === 'applied') await db.outbox.put({ ...entry, version: Math.max(1, result.version) });
      if (result.result !== 'refused') continue;
      refused.push(entry);
      await db.rejection.put(rejectionOf(entry, result, desk.now()));
      await db.outbox.delete(entry.n);
    }
    await rebase(desk, refused.flatMap(keysOfEntry(desk)));
  });
}

/** Drops the rows of spaces that the viewer no longer reads. Pending work stays, over nothing: the server answers it. */
export async function dropSpaces(desk: ApplyDesk, spaces: readonly string[]): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox], async () => {
    await db.row.where('space').anyOf(spaces).delete();
    await db.base.where('space').anyOf(spaces).delete();
    const pending = await db.outbox.toArray();
    await rebase(desk, pending.flatMap(keysOfEntry(desk)));
  });
}

/**
 * The server is another than the one we knew: its rows are fetched again from nothing. What it has not shown is unsent
 * again, also what its predecessor had accepted.
 */
export async function forgetServer(desk: ApplyDesk): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.state], async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    await db.state.put({ ...state, epoch: null, cursor: null, spaces: [], fill: null, delivered: {}, awaiting: {} });
    const entries = await db.outbox.toArray();
    await db.outbox.bulkPut(entries.map((entry) => ({ ...entry, version: 0 })));
    await db.row.clear();
    await db.base.clear();
    await rebase(desk, entries.flatMap(keysOfEntry(desk)));
  });
}

/**
 * Entries whose effect this device now has from the server: acknowledged and shown, so nothing flickers when they go. While
 * pages or a fill are still to come, a cursor says nothing of that.
 */
async function shownBy({ db }: ApplyDesk, { cursor, fill }: SyncState, more: boolean): Promise<OutboxEntry[]> {
  if (more || fill !== null || cursor === null) return [];
  return db.outbox.where('version').between(1, cursor, true, true).toArray();
}

/** Notes how far the other side must come to have this person's own work, from whichever of his devices. */
function awaitingAfter({ memberId }: ApplyDesk, state: SyncState, rows: readonly StoredRow[]) {
  const awaiting: Record<string, number> = { ...state.awaiting };
  for (const row of rows) {
    if (isTombstone(row) || row.by !== memberId) continue;
    awaiting[row.space] = Math.max(awaiting[row.space] ?? 0, row.version);
  }
  return awaiting;
}

/** Puts rows, under pending work where there is some; returns the keys of those. */
async function putRows(desk: ApplyDesk, rows: readonly StoredRow[]): Promise<string[]> {
  const { db, declared, cipher } = desk;
  const keys = rows.map((row) => localKey(cipher, row));
  const [bases, there] = [await db.base.bulkGet(keys), await db.row.bulkGet(keys)];
  const pending = new Set(await db.outbox.where('keys').anyOf(keys).keys());
  const plain: LocalRow[] = [];
  const under: string[] = [];
  for (const [i, row] of rows.entries()) {
    const base = bases[i];
    if (base === undefined) {
      if ((there[i]?.version ?? -1) >= row.version) continue;
      plain.push(toLocalRow(declared, cipher, row));
      // Pending work that found nothing to act on may do so now.
      if (pending.has(must(keys[i], 'a key'))) under.push(rowKey(row));
    } else if ((base.row?.version ?? -1) < row.version) {
      await db.base.put({ ...base, space: row.space, row });
      under.push(rowKey(row));
    }
  }
  await db.row.bulkPut(plain.filter(({ row }) => !isTombstone(row)));
  await db.row.bulkDelete(plain.filter(({ row }) => isTombstone(row)).map(({ key }) => key));
  return under;
}

const keysOfEntry =
  ({ declared }: ApplyDesk) =>
  (entry: OutboxEntry): string[] =>
    entry.mutation === undefined ? [] : keysOf(declared.mutators, entry.mutation);

/** Replays the pending work that touches any of these rows; keeps a base under what it changes, and no other. */
async function rebase(desk: ApplyDesk, touched: readonly string[]): Promise<void> {
  if (touched.length === 0) return;
  const { db, cipher, declared } = desk;
  const { keys, pending } = await pendingOver(desk, touched);
  const refs = [...keys].map(refOf);
  const bases = await readBases(db, cipher, refs);
  const mutations = pending.flatMap((entry) => entry.mutation ?? []);
  const { rows, changed } = replay(declared, bases, {
    pending: mutations,
    by: desk.memberId,
    device: pending[0]?.header.device ?? '',
  });
  for (const ref of refs) {
    const key = rowKey(ref);
    const local = localKey(cipher, ref);
    const row = rowIn(rows, key);
    if (row === null || isTombstone(row)) await db.row.delete(local);
    else await db.row.put(toLocalRow(declared, cipher, row));
    if (!changed.has(key)) await db.base.delete(local);
    else if (row !== null) await db.base.put({ key: local, space: row.space, row: rowIn(bases, key) });
  }
}

/** Every pending entry that reads or writes one of the rows, and, through those entries, the rows they reach. */
async function pendingOver(desk: ApplyDesk, touched: readonly string[]) {
  const { db, cipher } = desk;
  const keys = new Set(touched);
  const found = new Map<number, OutboxEntry>();
  let ask = [...keys];
  while (ask.length > 0) {
    const local = ask.map((key) => localKey(cipher, refOf(key)));
    const entries = await db.outbox.where('keys').anyOf(local).toArray();
    const fresh = entries.filter((entry) => !found.has(entry.n));
    for (const entry of fresh) found.set(entry.n, entry);
    ask = fresh.flatMap(keysOfEntry(desk)).filter((key) => !keys.has(key));
    for (const key of ask) keys.add(key);
  }
  return { keys, pending: [...found.values()].sort((a, b) => a.n - b.n) };
}

function rejectionOf(
  { mutation, parcel }: OutboxEntry,
  { mid, code, where }: Extract<PushResult, { result: 'refused' }>,
  now: Date,
): Rejection {
  const kept = mutation === undefined ? { mutation: null, parcel: bytesToBase64url(parcel) } : { mutation };
  return { mid, ...kept, code, ...(where && { where }), at: now.toISOString() };
}
