// Room on a full device. A record without meaning (the ballast) lies in each store, to be given up first; then files that can be
// fetched again; then the oldest rows of the largest space go, never pending work, what lies under it, accepted work that no backup has, refused words or drafts,
// nor rows of types that are always kept; with a store that is locked, where nobody can tell of which type a row is, none.
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

/** Gives up what can be given up next, of rows none whose type has one of the tokens `kept`; `null`: no rows. False where nothing can. */
export async function makeRoom(db: MembershipDatabase, kept: readonly string[] | null): Promise<boolean> {
  if ((await db.ballast.count()) > 0) {
    await db.ballast.clear();
    return true;
  }
  return (await giveUpFiles(db)) || (kept !== null && giveUpRows(db, kept));
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

function giveUpRows(db: MembershipDatabase, kept: readonly string[]): Promise<boolean> {
  return db.transaction('rw', db.tables, async () => {
    const state = await db.state.get('state');
    if (state === undefined) return false;
    for (const space of await largestFirst(db, state)) {
      const spare = await spareOf(db, space, kept);
      if (spare.length === 0) continue;
      await db.row.bulkDelete(spare);
      await db.state.put({ ...state, checked: { ...state.checked, [space]: new Date().toISOString() } });
      return true;
    }
    return false;
  });
}

/** The oldest rows of a space that can be fetched again. */
async function spareOf(db: MembershipDatabase, space: string, kept: readonly string[]): Promise<string[]> {
  const all = await rowsOfSpace(db.row, space).primaryKeys();
  const keys = all.filter((key) => !kept.some((token) => key.startsWith(`${token}/`))).slice(0, ROWS_AT_ONCE);
  const bases = await db.base.bulkGet(keys);
  const worked = new Set(await db.outbox.where('keys').anyOf(keys).uniqueKeys());
  return keys.filter((key, i) => bases[i] === undefined && !worked.has(key));
}

async function largestFirst(db: MembershipDatabase, { spaces }: SyncState): Promise<string[]> {
  const sizes = await Promise.all(
    spaces.map(async ({ space }) => [space, await rowsOfSpace(db.row, space).count()] as const),
  );
  return sizes.sort(([, a], [, b]) => b - a).map(([space]) => space);
}

function incompressible(): Uint8Array {
  const bytes = new Uint8Array(BALLAST_BYTES);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) crypto.getRandomValues(bytes.subarray(at, at + CHUNK_BYTES));
  return bytes;
}
