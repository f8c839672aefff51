// The device's store in IndexedDB, by Dexie. Promises that a transaction is strict (the disk has it) and that values lie there
// sealed. Troubles of the browser's storage end here or become typed errors: a connection that died is opened again and what was
// asked is asked once more (every transaction of the engine finds out whether its first try was kept after all); a full device
// gives up what can be fetched again; a store of a later program is refused. Nothing is said to be saved that is not.

import { Dexie } from 'dexie';
import type { InsertType, Table } from 'dexie';
import { must } from '../../base/must.ts';
import type { Space } from '../core/record.ts';
import { MembershipDatabase, NOTHING_YET } from './database.ts';
import type { SyncState } from './database.ts';
import type { Bases, DeviceStore, DeviceTables, Drafts, Kept, Outbox, Rejections, Rows } from './device-store.ts';
import type { Cipher } from './sealed.ts';
import { asTrouble, isDead, isFull, StoreGone, tellStoreNews } from './store-troubles.ts';

const MANY = 50;
const CHUNK = 100;
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
    state: async () => stateOf(await db.state.get('state')),
    putState: async (state) => void (await db.state.put(state)),
    clear: async () => {
      const kept = db.tables.filter((table) => table !== db.ballast);
      await Promise.all(kept.map((table) => table.clear()));
    },
  };
}

/** As it lies there, also from a release that knew less of it. */
function stateOf(stored: (SyncState & { readonly fill?: SyncState['fills'][number] | null }) | undefined): SyncState {
  if (stored === undefined) {
    tellStoreNews('gone');
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
    deleteSpaces: async (spaces) => void (await row.where('space').anyOf(spaces).delete()),
    clear: () => row.clear(),
    ofType: (type) => row.where('[type+hour]').between([type, FIRST], [type, LAST]).toArray(),
    byRef: (type, refs) =>
      row
        .where('[type+ref]')
        .anyOf(refs.map((ref) => [type, ref]))
        .toArray(),
    newest: async (type, { space, limit }) =>
      // A cursor passes by what does not open without leaving it out.
      (await newest(row, type, space).reverse().limit(limit).toArray()).filter((found) => found),
    async marks(space) {
      const all = row.where('[space+version]').between([space, FIRST], [space, LAST]);
      const [keys, marks] = [await all.primaryKeys(), await all.keys()];
      return keys.map((key, i) => ({ key, version: (marks[i] as [Space, number] | undefined)?.[1] ?? 0 }));
    },
    oldest: (space, limit) =>
      row.where('[space+version]').between([space, FIRST], [space, LAST]).limit(limit).primaryKeys(),
  };
}

/**
 * The values of these keys, in their order. Of many keys it first asks, in one request for each type, which are there at all:
 * of a page that is filled, hardly any, and a request for each of them costs more than all else that is done with the page.
 */
async function getMany<T extends { readonly key: string }>(
  table: Table<T, string, InsertType<T, 'key'>>,
  keys: readonly string[],
): Promise<(T | undefined)[]> {
  if (keys.length < MANY) return table.bulkGet([...keys]);
  const there = await keysThere(table, keys);
  const wanted = there === null ? [...keys] : keys.filter((key) => there.has(key));
  const found = new Map((await table.bulkGet(wanted)).map((value, i) => [wanted[i], value]));
  return keys.map((key) => found.get(key));
}

/** Which keys are there, and others that lie between them; null where those are too many to look through. */
async function keysThere<T extends { readonly key: string }>(
  table: Table<T, string, InsertType<T, 'key'>>,
  keys: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const there = new Set<string>();
  const limit = keys.length * 2;
  for (const group of groupsOf(keys)) {
    const [first, last] = [must(group[0], 'a key'), must(group.at(-1), 'a key')];
    const found = await table.where('key').between(first, last, true, true).limit(limit).primaryKeys();
    if (found.length === limit) return null;
    for (const key of found) there.add(key);
  }
  return there;
}

/** Keys of one type lie together; each group is in order. */
function groupsOf(keys: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of [...keys].sort()) {
    const type = key.slice(0, key.indexOf('/'));
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [key]);
    else group.push(key);
  }
  return [...groups.values()];
}

/** All or none, some at a time: sealing is this thread's own work, and between two chunks the page can answer a touch. */
async function putMany<T extends { readonly key: string }>(
  table: Table<T, string, InsertType<T, 'key'>>,
  values: readonly InsertType<T, 'key'>[],
): Promise<void> {
  await table.db.transaction('rw', table, async () => {
    for (let from = 0; from < values.length; from += CHUNK) await table.bulkPut(values.slice(from, from + CHUNK));
  });
}

function newest(row: MembershipDatabase['row'], type: string, space: Space | undefined) {
  return space === undefined
    ? row.where('[type+hour]').between([type, FIRST], [type, LAST])
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

function outboxOf({ outbox }: MembershipDatabase): Outbox {
  return {
    get: (n) => outbox.get(n),
    all: () => outbox.toArray(),
    put: async (entries) => void (await outbox.bulkPut([...entries])),
    delete: (ns) => outbox.bulkDelete([...ns]),
    clear: () => outbox.clear(),
    byMids: (mids) => outbox.where('mid').anyOf(mids).toArray(),
    over: (keys) => outbox.where('keys').anyOf(keys).distinct().toArray(),
    keysUnder: async (keys) => new Set((await outbox.where('keys').anyOf(keys).uniqueKeys()) as string[]),
    // Entries of one version lie in order of `n`.
    unsent: (limit = Infinity, after = 0) => {
      const waiting = outbox.where('version').equals(0);
      return (after === 0 ? waiting : waiting.and(({ n }) => n > after)).limit(limit).toArray();
    },
    countUnsent: () => outbox.where('version').equals(0).count(),
    acceptedUpTo: (version) => outbox.where('version').between(1, version, true, true).toArray(),
    count: () => outbox.count(),
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
