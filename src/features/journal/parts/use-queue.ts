// What stands in the queue, in which order, and what is being done about it. What is dealt with stays in sight until the filter
// is chosen anew.

import { useDeferredValue, useEffect, useState } from 'react';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import type { ClientGroup } from './inbox-order.ts';
import { asTheyStood, firstOf, groupByClient, isSameOrder, rankBy } from './inbox-order.ts';
import { useInbox } from './use-inbox.ts';

export type Filter = 'waiting' | 'all';
const PAGE = 50;
/** So many are there at once, and the rest of the page right after them. */
const AT_FIRST = 10;
const MINUTE_MS = 60_000;

export interface Queue {
  readonly filter: Filter;
  readonly nowMs: number;
  readonly names: ReadonlyMap<string, string> | undefined;
  readonly marksOf: (entry: EntryView) => Marks | undefined;
  readonly byId: (id: string) => EntryView | undefined;
  /** What is on the screen; only about that can anything be done. */
  readonly shown: readonly ClientGroup[] | undefined;
  readonly more: boolean;
  showMore(): void;
  keep(ids: readonly string[]): void;
  setFilter(next: Filter): void;
}

/** `open` is the entry whose composer is open: it stays whatever happens around it. */
export function useQueue(open: string | null): Queue {
  const [filter, setFilter] = useState<Filter>('waiting');
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const [limit, setLimit] = useState(PAGE);
  const drawn = useDeferredValue(limit, AT_FIRST);
  const nowMs = useNow();
  const read = useInbox(open);
  const [before, setBefore] = useState<readonly ClientGroup[]>([]);
  const marksOf = (entry: EntryView) => read?.marks.get(entry.id);
  const isSnoozed = (entry: EntryView) => Date.parse(marksOf(entry)?.snooze?.until ?? '') > nowMs;
  const isOpen = (entry: EntryView) => handled.has(entry.id) || (entry.news !== null && !isSnoozed(entry));
  const wanted = read?.entries.filter((entry) => filter === 'all' || isOpen(entry) || entry.id === open);
  const groups = wanted && asTheyStood(groupByClient(wanted, rankBy(isOpen, nowMs)), before);
  if (groups !== undefined && !isSameOrder(groups, before)) setBefore(groups);
  return {
    filter,
    nowMs,
    names: read?.names,
    marksOf,
    byId: (id) => read?.entries.find((one) => one.id === id),
    shown: groups && firstOf(groups, drawn),
    more: wanted !== undefined && wanted.length > limit,
    showMore: () => setLimit(limit + PAGE),
    keep: (ids) => setHandled((old) => new Set([...old, ...ids])),
    setFilter(next) {
      setBefore([]);
      setFilter(next);
      setHandled(new Set());
      setLimit(PAGE);
    },
  };
}

/** The time to the minute. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
