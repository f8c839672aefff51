// Room on a full device. A record without meaning (the ballast) lies in each store, to be given up first; then files that can be
// fetched again; then the oldest rows of the largest space go, never pending work, what lies under it, accepted work that no backup has, refused words or drafts.
//
// Rows that went come back by the daily comparison of spaces (`check.ts`): it finds fewer rows than the server shows, drops the
// space and fills it from the newest row down. It is put off for a day here, so that a full device does not fetch and drop in a
// circle; and filling makes no room for itself (`transaction(…, 'spare')`): it stops where the device is full.

import { MembershipDatabase, rowsOfSpace } from './database.ts';
import type { FileRecord, SyncState } from './database.ts';
import { isSpare } from './files-as-one.ts';
import { isFull } from './store-troubles.ts';

const BALLAST_BYTES = 1_000_000;
/** What `getRandomValues` gives at once. */
const CHUNK_BYTES = 65_536;
const ROWS_AT_ONCE = 500;

/** Puts the ballast where there is none. Where there is no room for it, there is none. */
export async function layBallast(membershipId: string): Promise<void> {
  const db = new MembershipDatabase(membershipId, null);
  try {
    if ((await db.ballast.count()) === 0) await db.ballast.put({ key: 'ballast', bytes: incompressible() });
  } catch (error) {
    if (!isFull(error)) throw error;
  } finally {
    db.close();
  }
}

/** Gives up what can be given up next. False where nothing can. */
export async function makeRoom(db: MembershipDatabase): Promise<boolean> {
  if ((await db.ballast.count()) > 0) {
    await db.ballast.clear();
    return true;
  }
  return (await giveUpFiles(db)) || giveUpRows(db);
}

const FILES_AT_ONCE = 10;

/** Those that can be fetched again: of others first, then own ones that a backup of the server has. */
function giveUpFiles(db: MembershipDatabase): Promise<boolean> {
  return db.transaction('rw', db.file, db.fileBytes, db.state, async () => {
    const { backedUpThrough = 0 } = (await db.state.get('state')) ?? {};
    const isBackedUp = (file: FileRecord) => isSpare(file, backedUpThrough);
    const fetched = await db.file.where('state').equals('cached').limit(FILES_AT_ONCE).primaryKeys();
    const own = await db.file.where('state').equals('stored').filter(isBackedUp).limit(FILES_AT_ONCE).primaryKeys();
    const spare = fetched.length > 0 ? fetched : own;
    await db.file.bulkDelete(spare);
    await db.fileBytes.bulkDelete(spare);
    return spare.length > 0;
  });
}

function giveUpRows(db: MembershipDatabase): Promise<boolean> {
  return db.transaction('rw', db.tables, async () => {
    const state = await db.state.get('state');
    if (state === undefined) return false;
    const space = await largestSpace(db, state);
    if (space === undefined) return false;
    const keys = await rowsOfSpace(db.row, space).limit(ROWS_AT_ONCE).primaryKeys();
    const bases = await db.base.bulkGet(keys);
    const worked = new Set(await db.outbox.where('keys').anyOf(keys).uniqueKeys());
    const spare = keys.filter((key, i) => bases[i] === undefined && !worked.has(key));
    await db.row.bulkDelete(spare);
    await db.state.put({ ...state, checked: { ...state.checked, [space]: new Date().toISOString() } });
    return spare.length > 0;
  });
}

async function largestSpace(db: MembershipDatabase, { spaces }: SyncState): Promise<string | undefined> {
  const sizes = await Promise.all(
    spaces.map(async ({ space }) => [space, await rowsOfSpace(db.row, space).count()] as const),
  );
  const [largest] = sizes.filter(([, size]) => size > 0).sort(([, a], [, b]) => b - a);
  return largest?.[0];
}

function incompressible(): Uint8Array {
  const bytes = new Uint8Array(BALLAST_BYTES);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) crypto.getRandomValues(bytes.subarray(at, at + CHUNK_BYTES));
  return bytes;
}
