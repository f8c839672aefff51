// What waits on a locked device, and whether it can go: sent from here without any key, while somebody is signed in.

import { useEffect, useState } from 'react';
import type { DeviceMembership } from '../../sync/client/registry.ts';
import { changeNote } from '../../sync/client/store-note.ts';
import { isFull, StoreGone } from '../../sync/client/store-troubles.ts';
import { countWaiting } from '../../sync/client/waiting.ts';
import { post, SignInNeeded, Weather, WireError } from '../../sync/client/wire.ts';
import type { LineState } from '../../ui/sync-line.tsx';

export interface Waiting {
  readonly count: number;
  readonly line: LineState;
}

/** Tries to send at once, when the network comes back, and after each entry (`written` counts them). */
export function useWaiting(membership: DeviceMembership | undefined, written: number): Waiting {
  const [waiting, setWaiting] = useState<Waiting>({ count: 0, line: navigator.onLine ? 'current' : 'offline' });
  useEffect(() => {
    if (membership === undefined) return;
    const watching = new AbortController();
    const look = async (): Promise<void> => {
      const stopped = await send(membership);
      const count = await countWaiting(membership);
      changeNote(membership.id, { unsent: count });
      const line = navigator.onLine ? (stopped ?? (count > 0 ? 'sending' : 'current')) : 'offline';
      if (!watching.signal.aborted) setWaiting({ count, line });
    };
    const start = () => void look().catch(unlessGone);
    start();
    window.addEventListener('online', start, { signal: watching.signal });
    window.addEventListener('offline', start, { signal: watching.signal });
    return () => watching.abort();
  }, [membership, written]);
  return waiting;
}

/** What stopped it, if anything did. To send is fetched when it is needed; without a network it may not be there. */
async function send(membership: DeviceMembership): Promise<LineState | null> {
  const fetched = [import('../../sync/client/send-waiting.ts'), import('../../sync/client/turn.ts')] as const;
  const sending = await Promise.all(fetched).catch(() => null);
  if (sending === null) return 'offline';
  const [{ sendWaiting }, { TurnLost }] = sending;
  return sendWaiting(membership, { post }).then(
    () => null,
    (error: unknown) => (error instanceof TurnLost ? 'sending' : lineOf(error)),
  );
}

/** A store that has gone is told as news of it. */
function unlessGone(error: unknown): void {
  if (!(error instanceof StoreGone)) throw error;
}

/** No network, no room, nobody signed in, somebody else: all of it waits for another time. */
function lineOf(error: unknown): LineState {
  if (error instanceof SignInNeeded) return 'signIn';
  if (isFull(error)) return 'full';
  if (error instanceof Weather || error instanceof WireError) return 'offline';
  throw error;
}
