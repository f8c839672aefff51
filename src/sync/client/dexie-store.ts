// The device's store in IndexedDB, by Dexie. Promises that a transaction is strict (the disk has it) and that values lie there
// sealed. Troubles of the browser's storage end here or become typed errors: a connection that died is opened again and what was
// asked is asked once more (every transaction of the engine finds out whether its first try was kept after all); a full device
// gives up what can be fetched again; a store of a later program is refused. Nothing is said to be saved that is not.

import { Dexie } from 'dexie';
import type { Space } from '../core/record.ts';
import { MembershipDatabase, NOTHING_YET, rowsOfSpace } from './database.ts';
import type { LocalRow, SyncState } from './database.ts';
import { docsOf } from './dexie-docs.ts';
import { filesOf } from './dexie-files.ts';
import type { Bases, DeviceStore, DeviceTables, Drafts, Kept, Rejections, Rows } from './device-store.ts';
import { getMany, MANY, putMany } from './dexie-many.ts';
import { outboxOf } from './dexie-outbox.ts';
import type { Cipher } from './sealed.ts';
import { asTrouble, isDead, isFull, StoreGone, tellStoreNews } from './store-troubles.ts';

/** Up to so many rows are asked for one by one. */
const FEW = 3;
const FIRST = Dexie.minKey;
const LAST = Dexie.maxKey;

/** Opens a membership's store under its cipher; without one (locked) only what is in the clear can be read and written. */
export function openDexieStore(membershipId: string, cipher: Cipher | null, makeRoom?: MakeRoom): DeviceStore {
  return dexieStore(new MembershipDatabase(membershipId, cipher), makeRoom);
}

/** Gives up what can be given up next on a full device; false where nothing can. */
export type MakeRoom = (db: MembershipDatabase) => Promise<boolean>;

/** Opens a membership's store without a key, works on it, and closes it. */
export async function whileLocked<T>(
  membershipId: string,
  work: (store: DeviceStore) => Promise<T>,
  makeRoom?: MakeRoom,
): Promise<T> {
  const store = openDexieStore(membershipId, null, makeRoom);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** How often room is made for one write: the ballast, then rows. */
const ROOM_TRIES = 4;

/** The same over a database that is there already. */
export function dexieStore(db: MembershipDatabase, makeRoom: MakeRoom = async () => false): DeviceStore {
  const tables = tablesOf(db);
  const opened = { db, makeRoom };
  return {
    ...steadied(tables, (work) => steady(opened, work)),
    transaction: (work, room) =>
      // An async function of its own: only then does Dexie follow the native promises in it.
      steady(opened, () => db.transaction('rw', db.tables, async () => work(tables)), room),
    takeUnreadable() {
      const found = [...db.unreadable.values()];
      db.unreadable.clear();
      return found;
    },
    close: () => db.close(),
  };
}

/** Does the work, again where the connection died under it, and again after room was made. */
type Opened = { readonly db: MembershipDatabase; readonly makeRoom: MakeRoom };

async function steady<T>({ db, makeRoom }: Opened, work: () => PromiseLike<T>, room?: 'spare'): Promise<T> {
  let reopened = false;
  for (let roomTries = 0; ;) {
    try {
      return await work();
    } catch (error) {
      if (isFull(error) && room !== 'spare' && roomTries < ROOM_TRIES) {
        roomTries += 1;
        if (await makeRoom(db).catch(() => false)) continue;
      } else if (isDead(error) && !reopened && !db.hasBeenClosed()) {
        reopened = true;
        db.close({ disableAutoOpen: false });
        continue;
      }
      throw asTrouble(error);
    }
  }
}

type Again = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** Every single read and write by the same rule. */
function steadied<T extends object>(tables: T, again: Again): T {
  const entries = Object.entries(tables).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, steadied(member as object, again)] as const;
    const ask = member as (...args: unknown[]) => PromiseLike<unknown>;
    return [name, (...args: unknown[]) => again(() => ask(...args))] as const;
  });
  return Object.fromEntries(entries) as T;
}

function tablesOf(db: MembershipDatabase): DeviceTables {
  return {
    rows: rowsOf(db),
    bases: basesOf(db),
    outbox: outboxOf(db),
    kept: keptOf(db),
    rejections: rejectionsOf(db),
    drafts: draftsOf(db),
    files: filesOf(db),
    docs: docsOf(db),
    state: async () => stateOf(db, await db.state.get('state')),
    putState: async (state) => void (await db.state.put(state)),
    clear: async (keep) => {
      // By name: in a transaction a table is another object.
      const kept = ['ballast', ...(keep ? ['file', 'fileBytes'] : [])];
      const gone = db.tables.filter((table) => !kept.includes(table.name));
      await Promise.all(gone.map((table) => table.clear()));
    },
  };
}

type StoredState = SyncState & { readonly fill?: SyncState['fills'][number] | null };

/** As it lies there, also from a release that knew less of it. */
function stateOf({ membershipId }: MembershipDatabase, stored: StoredState | undefined): SyncState {
  if (stored === undefined) {
    tellStoreNews('gone', membershipId);
    throw new StoreGone('this device has not been set up');
  }
  const { fill, ...state } = stored;
  const fills = stored.fills ?? (fill ? [fill] : []);
  return { ...NOTHING_YET, ...state, fills };
}

function rowsOf({ row }: MembershipDatabase): Rows {
  return {
    get: (keys) => getMany(row, keys),
    put: (rows) => putMany(row, rows),
    delete: (keys) => row.bulkDelete([...keys]),
    deleteSpaces: (spaces) =>
      row.db.transaction('rw', row, async () => {
        for (const space of spaces) await rowsOfSpace(row, space).delete();
      }),
    clear: () => row.clear(),
    ofType: (type) => ofType(row, type).toArray(),
    keysOf: (type) => ofType(row, type).primaryKeys(),
    byRef: (type, refs) => byRef(row, type, refs),
    newest: async (type, { space, limit, skip = 0 }) =>
      // By a cursor, which the browser reads ahead for: finding where a page begins and fetching it whole took twice as long. It passes
      // by what does not open without leaving it out.
      (await newest(row, type, space).reverse().offset(skip).limit(limit).toArray()).filter((found) => found),
    since: async (type, space, version) => {
      const later = rowsOfSpace(row, space, [version + 1, LAST]);
      return (await later.toArray()).filter((found) => found?.type === type);
    },
    marks: async (space, after = 0) =>
      after > 0
        ? [
            ...(await marksOf(rowsOfSpace(row, space, [0, 0]))),
            ...(await marksOf(rowsOfSpace(row, space, [after + 1, LAST]))),
          ]
        : marksOf(rowsOfSpace(row, space)),
    countOf: (space) => rowsOfSpace(row, space).count(),
    oldest: (space, limit) => rowsOfSpace(row, space).limit(limit).primaryKeys(),
  };
}

async function marksOf(rows: ReturnType<typeof rowsOfSpace>): Promise<{ key: string; version: number }[]> {
  const [keys, marks] = [await rows.primaryKeys(), await rows.keys()];
  return keys.map((key, i) => ({ key, version: (marks[i] as [Space, number] | undefined)?.[1] ?? 0 }));
}

/**
 * Ids are given in order of time, so what refers to the entries of one list lies together, and comes in one request; where too
 * much lies in between, there is one for each, all at once: `anyOf` goes by a cursor, which waits for each of its steps.
 */
function byRef(row: MembershipDatabase['row'], type: string, refs: readonly string[]): Promise<LocalRow[]> {
  const wanted = new Set(refs);
  const sorted = [...wanted].sort();
  const index = row.where('[type+ref]');
  const limit = sorted.length * 2 + MANY;
  return row.db.transaction('r', row, async () => {
    if (sorted.length > FEW) {
      const near = index.between([type, sorted[0]], [type, sorted.at(-1)], true, true);
      const found = await near.limit(limit).toArray();
      if (found.length < limit) return found.filter(({ ref }) => ref !== undefined && wanted.has(ref));
    }
    const each = sorted.map((ref) => row.where('[type+ref]').equals([type, ref]).toArray());
    return (await Promise.all(each)).flat();
  });
}

function ofType(row: MembershipDatabase['row'], type: string) {
  return row.where('[type+hour]').between([type, FIRST], [type, LAST]);
}

function newest(row: MembershipDatabase['row'], type: string, space: Space | undefined) {
  return space === undefined
    ? ofType(row, type)
    : row.where('[type+space+hour]').between([type, space, FIRST], [type, space, LAST]);
}

function basesOf({ base }: MembershipDatabase): Bases {
  return {
    get: (keys) => getMany(base, keys),
    put: (bases) => putMany(base, bases),
    delete: (keys) => base.bulkDelete([...keys]),
    deleteSpaces: async (spaces) => void (await base.where('space').anyOf(spaces).delete()),
    clear: () => base.clear(),
    ofSpace: (space) => base.where('space').equals(space).toArray(),
    count: () => base.count(),
  };
}

function keptOf({ kept }: MembershipDatabase): Kept {
  return {
    all: () => kept.orderBy('version').toArray(),
    put: async (entries) => void (await kept.bulkPut([...entries])),
    deleteUpTo: async (version) => void (await kept.where('version').belowOrEqual(version).delete()),
    clear: () => kept.clear(),
    count: () => kept.count(),
  };
}

function rejectionsOf({ rejection }: MembershipDatabase): Rejections {
  return {
    get: (mid) => rejection.get(mid),
    all: () => rejection.toArray(),
    put: async (one) => void (await rejection.put(one)),
    delete: (mid) => rejection.delete(mid),
    count: () => rejection.count(),
  };
}

function draftsOf({ draft }: MembershipDatabase): Drafts {
  return {
    get: (id) => draft.get(id),
    all: () => draft.toArray(),
    put: async (one) => void (await draft.put(one)),
    delete: (id) => draft.delete(id),
  };
}
