// The inbox's read: what is newest, live; and what lies deeper and still waits, looked for once all through, and after that
// among what has come since.

import { useEffect, useRef, useState } from 'react';
import { useLive, useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import { inboxEntries } from '../queries-inbox.ts';
import { lookBelow } from './look-below.ts';
import type { Look } from './look-below.ts';

/** Some days of a full caseload. What is older and still waits comes in through `waitingBelow`. */
const WINDOW = 100;

/** `open` is the entry in whose composer somebody writes: it stays, however much comes in. */
export function useInbox(open: string | null) {
  const below = useWaitingBelow();
  const also = [...below, ...(open === null ? [] : [open])].sort().join(' ');
  return useLive((reader) => inboxEntries(reader, { window: WINDOW, also: also.split(' ').filter(Boolean) }), [also]);
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
