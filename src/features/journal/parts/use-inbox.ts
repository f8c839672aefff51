// The inbox's read: what is newest, live; and what lies deeper and still waits, looked for once all through, and after that
// among what has come since.

import { useEffect, useRef, useState } from 'react';
import { useLiveInPieces } from '../../../sync/client/react-pieces.ts';
import { useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import type { EntryView } from '../queries.ts';
import { inboxEntries } from '../queries-inbox.ts';
import type { InboxRead, Marks } from '../queries-inbox.ts';
import { asBefore } from './as-before.ts';
import { lookBelow } from './look-below.ts';
import type { Look } from './look-below.ts';

/** Some days of a full caseload. What is older and still waits comes in through `waitingBelow`. */
const WINDOW = 100;

/** `open` is the entry in whose composer somebody writes: it stays, however much comes in. */
export function useInbox(open: string | null): InboxRead | undefined {
  const below = useWaitingBelow();
  const [steady] = useState(steadyRead);
  const also = [...below, ...(open === null ? [] : [open])].sort().join(' ');
  return useLiveInPieces(
    async (reader) => steady(await inboxEntries(reader, { window: WINDOW, also: also.split(' ').filter(Boolean) })),
    [also],
  );
}

/** An act changes one entry of many: the others stay the same objects. */
function steadyRead(): (next: InboxRead) => InboxRead {
  const entries = asBefore<EntryView>(({ id }) => id);
  const marks = asBefore(([id]: readonly [string, Marks]) => id);
  let names: InboxRead['names'] = new Map();
  return (next) => {
    if (JSON.stringify([...names]) !== JSON.stringify([...next.names])) ({ names } = next);
    return { ...next, entries: entries(next.entries), marks: new Map(marks([...next.marks])), names };
  };
}

function useWaitingBelow(): readonly string[] {
  const { reader } = useWorkspace();
  const { freshAt } = useSyncStatus();
  const [ids, setIds] = useState<readonly string[]>([]);
  const look = useRef<Look | null>(null);
  useEffect(() => {
    const looking = lookBelow({ reader, window: WINDOW }, (found) => setIds((old) => [...new Set([...old, ...found])]));
    look.current = looking;
    return looking.stop;
  }, [reader]);
  useEffect(() => void look.current?.ask(), [reader, freshAt]);
  return ids;
}
