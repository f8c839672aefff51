// In which order the inbox shows what awaits: what may be a risk, what is overdue, late arrivals, the rest; by client.

import type { EntryView } from '../queries.ts';
import { holdsCrisisWords } from '../../crisis-words.ts';
import { isLate } from './late-arrival.tsx';
import { holdsCrisis } from './words-advice.tsx';

export interface ClientGroup {
  readonly client: string;
  readonly entries: readonly EntryView[];
}

export const OVERDUE_DAYS = 2;
const DAY_MS = 86_400_000;

/** Whether what the client wrote holds crisis words: the entry as it stands, or a comment of hers. */
export function isRisk(entry: EntryView): boolean {
  const said = entry.comments.filter((one) => one.by === entry.by);
  return holdsCrisis(entry.content) || said.some(({ body }) => holdsCrisisWords(body));
}

/** Whether what waits has been there, unseen, longer than the screen says it should. */
export function isOverdue(entry: EntryView, nowMs: number): boolean {
  const since = waitingSince(entry);
  return since !== undefined && nowMs - Date.parse(since) > OVERDUE_DAYS * DAY_MS;
}

/** Since when the practice has had what waits. */
function waitingSince({ by, news, arrivedAt, wordings, comments }: EntryView): string | undefined {
  if (news === 'wording') return wordings.at(-1)?.at;
  if (news === 'comment') return comments.filter((one) => one.by === by).at(-1)?.at;
  return news === null ? undefined : arrivedAt;
}

export type Rank = (entry: EntryView) => number;

/** Smaller comes first. What is not open comes last, whatever it says. */
export function rankBy(isOpen: (entry: EntryView) => boolean, nowMs: number): Rank {
  return (entry) => {
    if (!isOpen(entry)) return 4;
    if (isRisk(entry)) return 0;
    if (isOverdue(entry, nowMs)) return 1;
    return isLate(entry) ? 2 : 3;
  };
}

/** Within a client by rank, each part as it came; the clients by their first, then by who waits longest. */
export function groupByClient(entries: readonly EntryView[], rank: Rank): readonly ClientGroup[] {
  const ranks = new Map(entries.map((entry) => [entry.id, rank(entry)]));
  const rankOf = ({ id }: EntryView) => ranks.get(id) ?? 0;
  const groups = new Map<string, EntryView[]>();
  for (const entry of entries) {
    const own = groups.get(entry.client);
    if (own === undefined) groups.set(entry.client, [entry]);
    else own.push(entry);
  }
  return [...groups]
    .map(([client, own]) => {
      const sorted = own.sort((a, b) => rankOf(a) - rankOf(b));
      const first = Math.min(...sorted.map(rankOf));
      const oldest = sorted.filter((entry) => rankOf(entry) === first).reduce(earlier, '');
      return { client, entries: sorted, first, oldest };
    })
    .sort((a, b) => a.first - b.first || (a.oldest < b.oldest ? -1 : 1))
    .map(({ client, entries: own }) => ({ client, entries: own }));
}

const earlier = (before: string, { at }: EntryView) => (before === '' || at < before ? at : before);

/** The first `limit` entries, in the order of the groups. */
export function firstOf(groups: readonly ClientGroup[], limit: number): readonly ClientGroup[] {
  let left = limit;
  return groups.flatMap(({ client, entries }) => {
    const shown = entries.slice(0, Math.max(0, left));
    left -= shown.length;
    return shown.length === 0 ? [] : [{ client, entries: shown }];
  });
}

/**
 * The groups in the order in which they stood before: nothing moves under who is working on it. What is new comes in behind
 * what it follows.
 */
export function asTheyStood(groups: readonly ClientGroup[], before: readonly ClientGroup[]): readonly ClientGroup[] {
  const stood = new Map(before.map(({ client, entries }) => [client, entries.map(({ id }) => id)]));
  const steady = groups.map(({ client, entries }) => ({
    client,
    entries: inOrder(entries, ({ id }) => id, stood.get(client) ?? []),
  }));
  return inOrder(steady, ({ client }) => client, [...stood.keys()]);
}

/** Whether the same entries stand in the same order. */
export function isSameOrder(a: readonly ClientGroup[], b: readonly ClientGroup[]): boolean {
  const ids = (groups: readonly ClientGroup[]) => groups.flatMap(({ entries }) => entries.map(({ id }) => id)).join();
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
