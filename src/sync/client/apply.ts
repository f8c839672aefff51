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
  /** Every row changed up to this commit number has been applied, with this page; 0 while pages are still to come. */
  readonly shownThrough: number;
  /** Computed from the state as it is inside the transaction. */
  next(state: SyncState): SyncState;
}

/** Applies rows and moves the state in one transaction. */
export async function applyPage(desk: ApplyDesk, page: Page): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.state], async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    const done = await shownBy(desk, page.shownThrough);
    await db.outbox.bulkDelete(done.map((entry) => entry.n));
    const underPending = await putRows(desk, page.rows);
    await rebase(desk, [...underPending, ...done.flatMap(keysOfEntry(desk))]);
    const after = page.next(state);
    await db.state.put({ ...after, awaiting: await awaitingAfter(desk, after, done) });
  });
}

/** Takes in the server's answers: accepted entries wait for the pull that shows them, refused ones become rejections. */
export async function applyResults(desk: ApplyDesk, results: readonly PushResult[]): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.rejection, db.state], async () => {
    const entries = await db.outbox.bulkGet(results.map((result) => result.n));
    const refused: OutboxEntry[] = [];
    for (const [i, result] of results.entries()) {
      const entry = entries[i];
      if (entry === undefined || entry.mid !== result.mid || entry.version > 0) continue;
      if (result.result === 'applied') await db.outbox.put({ ...entry, version: Math.max(1, result.version) });
      if (result.result !== 'refused') continue;
      refused.push(entry);
      await db.rejection.put(rejectionOf(entry, result, desk.now()));
      await db.outbox.delete(entry.n);
    }
    await rebase(desk, refused.flatMap(keysOfEntry(desk)));
  });
}

/** Drops the rows of spaces that the viewer no longer reads. Pending work stays in the outbox: the server answers it. */
export async function dropSpaces(desk: ApplyDesk, spaces: readonly string[]): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base], async () => {
    await db.row.where('space').anyOf(spaces).delete();
    await db.base.where('space').anyOf(spaces).delete();
  });
}

/** Entries whose effect a cursor has passed: acknowledged and shown, so nothing flickers when they go. */
function shownBy({ db }: ApplyDesk, cursor: number): Promise<OutboxEntry[]> {
  return db.outbox.where('version').between(1, cursor, true, true).toArray();
}

/** Notes how far the other side must come to have this device's own work. */
async function awaitingAfter({ db }: ApplyDesk, state: SyncState, done: readonly OutboxEntry[]) {
  const awaiting: Record<string, number> = { ...state.awaiting };
  const keys = done.flatMap((entry) => entry.keys);
  const rows = await db.row.bulkGet(keys);
  for (const row of rows) {
    if (row !== undefined) awaiting[row.space] = Math.max(awaiting[row.space] ?? 0, row.version);
  }
  return awaiting;
}

/** Puts rows, under pending work where there is some; returns the keys of those. */
async function putRows({ db, declared, cipher }: ApplyDesk, rows: readonly StoredRow[]): Promise<string[]> {
  const keys = rows.map((row) => localKey(cipher, row));
  const [bases, there] = [await db.base.bulkGet(keys), await db.row.bulkGet(keys)];
  const plain: LocalRow[] = [];
  const under: string[] = [];
  for (const [i, row] of rows.entries()) {
    const base = bases[i];
    if (base === undefined) {
      if ((there[i]?.version ?? -1) < row.version) plain.push(toLocalRow(declared, cipher, row));
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

/** Replays the pending work that touches any of these rows, and lets go of bases that nothing pends over any more. */
async function rebase(desk: ApplyDesk, touched: readonly string[]): Promise<void> {
  if (touched.length === 0) return;
  const { db, cipher, declared } = desk;
  const { keys, pending } = await pendingOver(desk, touched);
  const refs = [...keys].map(refOf);
  const bases = await readBases(db, cipher, refs);
  const mutations = pending.flatMap((entry) => entry.mutation ?? []);
  const { rows, changed } = replay(declared, bases, { pending: mutations, by: desk.memberId });
  for (const ref of refs) {
    const key = rowKey(ref);
    const local = localKey(cipher, ref);
    const row = rowIn(rows, key);
    if (row === null || isTombstone(row)) await db.row.delete(local);
    else await db.row.put(toLocalRow(declared, cipher, row));
    if (!changed.has(key)) await db.base.delete(local);
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
