// Many records in few requests and small pieces: what IndexedDB is slow at one by one, and a page's thread all at once.

import type { InsertType, Table } from 'dexie';
import { must } from '../../base/must.ts';

export const MANY = 50;
export const CHUNK = 100;

/**
 * The values of these keys, in their order. Of many keys it first asks, in one request for each type, which are there at all:
 * of a page that is filled, hardly any, and a request for each of them costs more than all else that is done with the page.
 */
export async function getMany<T extends { readonly key: string }>(
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
export async function putMany<T, Key, Insert>(table: Table<T, Key, Insert>, values: readonly Insert[]): Promise<void> {
  await table.db.transaction('rw', table, async () => {
    for (let from = 0; from < values.length; from += CHUNK) await table.bulkPut(values.slice(from, from + CHUNK));
  });
}
