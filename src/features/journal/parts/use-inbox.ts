// The inbox's read: what is newest, live; and what lies deeper and still waits, looked for at every exchange.

import { useEffect, useState } from 'react';
import { useLive, useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import { inboxEntries, waitingBelow } from '../queries-inbox.ts';

/** Some days of a full caseload. What is older and still waits comes in through `waitingBelow`. */
const WINDOW = 200;

/** `keep` are entries that stay whatever their state, as they were dealt with under the reader's eyes. */
export function useInbox(keep: ReadonlySet<string>) {
  const below = useWaitingBelow();
  const also = [...new Set([...below, ...keep])].sort().join(' ');
  return useLive((reader) => inboxEntries(reader, { window: WINDOW, also: also.split(' ').filter(Boolean) }), [also]);
}

function useWaitingBelow(): readonly string[] {
  const { reader } = useWorkspace();
  const { freshAt } = useSyncStatus();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let wanted = true;
    void waitingBelow(reader, WINDOW).then((found) => {
      if (wanted) setIds(found);
    });
    return () => {
      wanted = false;
    };
  }, [reader, freshAt]);
  return ids;
}
