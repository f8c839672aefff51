// In which order the inbox shows what awaits: what may be a risk, what is overdue, late arrivals, the rest; by client.

import type { InboxRow } from '../schema.ts';

export interface ClientGroup {
  readonly client: string;
  readonly rows: readonly InboxRow[];
}

/** Smaller comes first. What does not wait comes last, whatever it says. */
export function rankOf({ isWaiting, isRisk, isOverdue, isLate }: InboxRow): number {
  if (!isWaiting) return 4;
  if (isRisk) return 0;
  if (isOverdue) return 1;
  return isLate ? 2 : 3;
}

/** Within a client by rank, each part as it came; the clients by their first, then by who waits longest. */
export function groupByClient(rows: readonly InboxRow[]): readonly ClientGroup[] {
  const groups = new Map<string, InboxRow[]>();
  for (const row of rows) {
    const own = groups.get(row.client);
    if (own === undefined) groups.set(row.client, [row]);
    else own.push(row);
  }
  return [...groups]
    .map(([client, own]) => {
      const sorted = own.sort((a, b) => rankOf(a) - rankOf(b));
      const first = Math.min(...sorted.map(rankOf));
      const oldest = sorted.filter((row) => rankOf(row) === first).reduce(earlier, '');
      return { client, rows: sorted, first, oldest };
    })
    .sort((a, b) => a.first - b.first || (a.oldest < b.oldest ? -1 : 1))
    .map(({ client, rows: own }) => ({ client, rows: own }));
}

const earlier = (before: string, { at }: InboxRow) => (before === '' || at < before ? at : before);

/** The first `limit` rows, in the order of the groups. */
export function firstOf(groups: readonly ClientGroup[], limit: number): readonly ClientGroup[] {
  let left = limit;
  return groups.flatMap(({ client, rows }) => {
    const shown = rows.slice(0, Math.max(0, left));
    left -= shown.length;
    return shown.length === 0 ? [] : [{ client, rows: shown }];
  });
}

/**
 * The groups in the order in which they stood before: nothing moves under who is working on it. What is new comes in behind
 * what it follows.
 */
export function asTheyStood(groups: readonly ClientGroup[], before: readonly ClientGroup[]): readonly ClientGroup[] {
  const stood = new Map(before.map(({ client, rows }) => [client, rows.map(({ id }) => id)]));
  const steady = groups.map(({ client, rows }) => ({
    client,
    rows: inOrder(rows, ({ id }) => id, stood.get(client) ?? []),
  }));
  return inOrder(steady, ({ client }) => client, [...stood.keys()]);
}

/** Whether the same rows stand in the same order. */
export function isSameOrder(a: readonly ClientGroup[], b: readonly ClientGroup[]): boolean {
  const ids = (groups: readonly ClientGroup[]) => groups.flatMap(({ rows }) => rows.map(({ id }) => id)).join();
  return ids(a) === ids(b);
}

function inOrder<T>(wanted: readonly T[], keyOf: (one: T) => string, before: readonly string[]): readonly T[] {
  const byKey = new Map(wanted.map((one) => [keyOf(one), one]));
  const keys = before.filter((key) => byKey.has(key));
  const known = new Set(keys);
  for (const [i, one] of wanted.entries()) {
    if (known.has(keyOf(one))) continue;
    const previous = wanted[i - 1];
    keys.splice(previous === undefined ? 0 : keys.indexOf(keyOf(previous)) + 1, 0, keyOf(one));
    known.add(keyOf(one));
  }
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
