// The newest rows of a type in few requests: downwards IndexedDB goes by a cursor, which waits for each of its steps. So a cursor
// only finds where the page begins and ends, leaping over what lies between, and the page itself comes in one request.

import { Dexie } from 'dexie';
import type { Collection } from 'dexie';
import type { Space } from '../core/record.ts';
import type { LocalRow, MembershipDatabase } from './database.ts';

/** Up to so many a cursor is as quick. */
const FEW = 3;

interface Page {
  readonly space?: Space | undefined;
  readonly limit: number;
  readonly skip?: number | undefined;
}

/** Where a row lies in the index: rows of one hour lie in the order of their keys. */
interface Place {
  readonly hour: string;
  readonly key: string;
}

/** The newest first, to the hour. What does not open is left out, and counts. */
export async function newestOf(
  row: MembershipDatabase['row'],
  type: string,
  { space, limit, skip = 0 }: Page,
): Promise<LocalRow[]> {
  const name = space === undefined ? '[type+hour]' : '[type+space+hour]';
  const before = space === undefined ? [type] : [type, space];
  const from = (low: unknown, high: unknown) =>
    row.where(name).between([...before, low], [...before, high], true, true) as Collection<LocalRow, string>;
  const downwards = () => from(Dexie.minKey, Dexie.maxKey).reverse();
  if (limit <= FEW) return there(await downwards().offset(skip).limit(limit).toArray());
  const [first, last] = await Promise.all([placeAt(downwards(), skip), placeAt(downwards(), skip + limit - 1)]);
  if (first === null) return [];
  const rows = there(await from(last?.hour ?? Dexie.minKey, first.hour).toArray());
  const page = rows.filter((one) => isUpTo(one, first) && (last === null || isUpTo(last, one)));
  return page.reverse();
}

const there = (found: readonly (LocalRow | undefined)[]) => found.filter((one) => one !== undefined);

async function placeAt(rows: Collection<LocalRow, string>, at: number): Promise<Place | null> {
  const found: Place[] = [];
  await rows
    .offset(at)
    .limit(1)
    .eachKey(
      (index, { primaryKey }) => void found.push({ hour: String((index as unknown[]).at(-1)), key: primaryKey }),
    );
  return found[0] ?? null;
}

const isUpTo = (one: Place, other: Place) => one.hour < other.hour || (one.hour === other.hour && one.key <= other.key);
