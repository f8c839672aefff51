// A conversation over its parts: what was said better in a later part stands with what it betters; and what came late is told from
// what was said when it stands. Both follow from the documents alone, so that all devices show the same.

import type { ChatItem } from './doc-fold.ts';
import { keyOf } from './doc-fold.ts';
import { CHAT } from './doc-names.ts';

/** The name of one part of a conversation. */
export const partOf = (conversation: string, segment: number): string => `${CHAT}:${conversation}:${segment}`;

/** A message as it is shown, and what it is made of: more than one where it was bettered in a later part. */
export interface Shown {
  readonly item: ChatItem;
  readonly said: readonly { readonly segment: number; readonly item: ChatItem }[];
}

/** What is shown of each part that is open, the oldest first. What corrects a message of a part that is not open stands for itself. */
export function joinParts(
  parts: readonly { readonly segment: number; readonly items: readonly ChatItem[] }[],
): ReadonlyMap<number, readonly Shown[]> {
  const all = new Map<string, Shown & { readonly segment: number }>();
  const firsts = new Map<string, string>();
  for (const { segment, items } of parts) {
    for (const item of items) {
      const own = keyOf(item);
      const first = firsts.get(keyOf({ by: item.by, id: item.corrects ?? '' })) ?? own;
      for (const id of item.ids) firsts.set(keyOf({ by: item.by, id }), first);
      const before = all.get(first);
      const said = { segment, item };
      if (before === undefined) all.set(own, { segment, item, said: [said] });
      else all.set(first, { ...before, item: bettered(before.item, item), said: [...before.said, said] });
    }
  }
  const shown = new Map<number, Shown[]>(parts.map(({ segment }) => [segment, []]));
  for (const { segment, item, said } of all.values()) shown.get(segment)?.push({ item, said });
  return shown;
}

function bettered(before: ChatItem, by: ChatItem): ChatItem {
  return {
    ...before,
    body: by.body,
    media: by.media,
    earlier: [...before.earlier, before.body, ...by.earlier],
    ids: [...before.ids, ...by.ids],
    // Whichever of them was taken back, its author wants none of it shown.
    retractedAt: before.retractedAt ?? by.retractedAt,
    readBy: by.readBy,
  };
}

/** The message with this id, by any of its wordings; of two that claim one id, the first. */
export function shownWith(parts: ReadonlyMap<number, readonly Shown[]>, id: string): Shown | undefined {
  for (const shown of parts.values()) {
    const found = shown.find(({ item }) => item.ids.includes(id));
    if (found) return found;
  }
  return undefined;
}

/** Clocks differ by so much. */
const LATE_MS = 5 * 60_000;

/**
 * Those of them that were written out of their turn: a phone was without a network, or its clock is wrong. As few as can be; the others
 * stand in the order in which they were written.
 */
export function outOfTurn<T extends Pick<ChatItem, 'at'>>(items: readonly T[]): ReadonlySet<T> {
  const times = items.map(({ at }) => Date.parse(at));
  const inTurn = longestRun(times);
  const kept = new Set(inTurn);
  return new Set(
    items.filter((_, i) => {
      if (kept.has(i)) return false;
      const neighbour = inTurn.findLast((one) => one < i) ?? inTurn[0] ?? i;
      return Math.abs((times[i] ?? 0) - (times[neighbour] ?? 0)) >= LATE_MS;
    }),
  );
}

/** Places of the longest run that never goes back; of several as long, the one that keeps to the earliest places. */
function longestRun(times: readonly number[]): number[] {
  const lengths: number[] = [];
  for (let i = times.length - 1; i >= 0; i--) {
    let longest = 0;
    for (let j = i + 1; j < times.length; j++)
      if ((times[j] ?? 0) >= (times[i] ?? 0)) longest = Math.max(longest, lengths[j] ?? 0);
    lengths[i] = longest + 1;
  }
  const run: number[] = [];
  let wanted = Math.max(0, ...lengths);
  let after = -Infinity;
  times.forEach((time, i) => {
    if (wanted === 0 || lengths[i] !== wanted || time < after) return;
    run.push(i);
    after = time;
    wanted -= 1;
  });
  return run;
}

export interface Day {
  /** A time on it. */
  readonly day: string;
  readonly messages: readonly { readonly shown: Shown; readonly isLate: boolean }[];
}

/** Runs of one day, on this device's own clock. What was written out of its turn stands with what it came among. */
export function byDay(all: readonly Shown[]): Day[] {
  const late = outOfTurn(all.map(({ item }) => item));
  const days: (Day & { messages: { shown: Shown; isLate: boolean }[] })[] = [];
  const first = all.find(({ item }) => !late.has(item));
  for (const shown of all) {
    const isLate = late.has(shown.item);
    const last = days.at(-1);
    const { at } = isLate ? { at: last?.day ?? first?.item.at ?? shown.item.at } : shown.item;
    if (last && new Date(last.day).toDateString() === new Date(at).toDateString())
      last.messages.push({ shown, isLate });
    else days.push({ day: at, messages: [{ shown, isLate }] });
  }
  return days;
}
