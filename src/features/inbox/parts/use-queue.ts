// What stands in the queue, in which order, over the rows of all nouns. What is dealt with stays in sight until the filter is chosen
// anew.

import { useDeferredValue, useMemo, useState } from 'react';
import { useNow } from '../../../ui/use-now.ts';
import { matches } from '../schema.ts';
import type { InboxFilter, InboxRow, InboxStand } from '../schema.ts';
import type { ClientGroup } from './order.ts';
import { asTheyStood, firstOf, groupByClient, isSameOrder } from './order.ts';

const PAGE = 50;
/** So many are there at once, and the rest of the page right after them. */
const AT_FIRST = 10;

export interface QueueStand extends InboxStand {
  readonly filter: InboxFilter;
  setFilter(next: InboxFilter): void;
}

/** What the inbox remembers: given to each feed, and to the queue. */
export function useInboxStand(): QueueStand {
  const [filter, setFilter] = useState<InboxFilter>('waiting');
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const [replying, reply] = useState<string | null>(null);
  const nowMs = useNow();
  return useMemo(
    () => ({
      ...{ filter, handled, replying, nowMs, reply },
      keep: (rows) => setHandled((old) => new Set([...old, ...rows])),
      setFilter(next) {
        setFilter(next);
        setHandled(new Set());
      },
    }),
    [filter, handled, replying, nowMs],
  );
}

export interface Queue {
  /** What is on the screen; only about that can anything be done. */
  readonly shown: readonly ClientGroup[] | undefined;
  readonly more: boolean;
  showMore(): void;
}

/** Undefined rows: not all feeds are read yet. */
export function useQueue({ filter, handled, replying }: QueueStand, rows: readonly InboxRow[] | undefined): Queue {
  const [page, setPage] = useState({ filter, limit: PAGE, before: [] as readonly ClientGroup[] });
  if (page.filter !== filter) setPage({ filter, limit: PAGE, before: [] });
  const drawn = useDeferredValue(page.limit, AT_FIRST);
  // What was dealt with keeps its place, as if it waited.
  const standing = rows?.map((row) => (handled.has(row.id) ? { ...row, isWaiting: true } : row));
  const wanted = standing?.filter((row) => matches(row, filter) || handled.has(row.id) || row.id === replying);
  const groups = wanted && asTheyStood(groupByClient(wanted), page.before);
  if (groups !== undefined && page.filter === filter && !isSameOrder(groups, page.before))
    setPage({ ...page, before: groups });
  return {
    shown: groups && firstOf(groups, drawn),
    more: wanted !== undefined && wanted.length > page.limit,
    showMore: () => setPage({ ...page, limit: page.limit + PAGE }),
  };
}
