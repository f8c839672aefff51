// The inbox's read: what is newest, live; and what lies deeper and still waits, looked for once all through, and after that
// among what has come since.

import { useEffect, useRef, useState } from 'react';
import type { Reader } from '../../../sync/client/reader.ts';
import { useLive, useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import { ENOUGH_WAITING, inboxEntries, waitingBelow, waitingSince } from '../queries-inbox.ts';

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
  const look = useRef<(() => void) | null>(null);
  useEffect(() => {
    const looking = lookBelow(reader, (found) => setIds((old) => [...new Set([...old, ...found])]));
    look.current = looking.ask;
    return looking.stop;
  }, [reader]);
  useEffect(() => look.current?.(), [reader, freshAt]);
  return ids;
}

/** Looks when it is asked, one look at a time; once all was looked through, only among what has come since. */
function lookBelow(reader: Reader, onFound: (ids: readonly string[]) => void): { ask: () => void; stop: () => void } {
  /** Up to which cursor all has been looked through; null while something may have been left out. */
  let through: number | null = null;
  const is = { looking: false, asked: false, stopped: false };
  const goOn = async () => {
    await idle();
    return !is.stopped;
  };
  async function once(): Promise<void> {
    const [cursor, isWhole, before] = [await reader.cursor(), await reader.isWhole(), through];
    const found = before === null ? await waitingBelow(reader, WINDOW, goOn) : await waitingSince(reader, before);
    if (is.stopped) return;
    through = isWhole && (before !== null || found.length < ENOUGH_WAITING) ? cursor : null;
    if (found.length > 0) onFound(found);
  }
  async function all(): Promise<void> {
    is.looking = true;
    while (is.asked && !is.stopped) {
      is.asked = false;
      await once();
    }
    is.looking = false;
  }
  return {
    ask() {
      is.asked = true;
      if (!is.looking) void all();
    },
    stop: () => void (is.stopped = true),
  };
}

/** Until the page has nothing better to do; Safari knows no idle time. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve);
  });
}
