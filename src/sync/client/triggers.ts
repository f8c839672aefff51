// What starts the exchange apart from a write: the server's word, the page's coming back, the network's.

import { askToSendInBackground } from './background.ts';
import type { DeviceStore } from './device-store.ts';
import type { Exchange } from './exchange.ts';
import { live } from './live.ts';
import type { Desk } from './mutate.ts';
import type { DeviceMembership } from './registry.ts';
import { openPokeLine } from './socket.ts';

/** The browser may stop or close a page out of sight. */
async function sendWhenHidden(store: DeviceStore): Promise<void> {
  if ((await store.outbox.countUnsent()) + (await store.files.countUnsent()) > 0) await askToSendInBackground();
}

/** Listens until the returned function is called. */
export function startTriggers({ store }: Desk, membership: DeviceMembership, exchange: Exchange): () => void {
  const listening = new AbortController();
  const opened = live(async () => (await store.state()).device);
  let stopSocket = () => {};
  let device: string | undefined;
  // A device that forked goes on under another id, and so must its socket.
  const watching = opened.subscribe((now) => {
    if (now === device) return;
    device = now;
    stopSocket();
    const line = openPokeLine(
      { practice: membership.practice, membership: membership.id, device: now },
      { poke: () => exchange.start(), lost: () => exchange.start(), refused: () => exchange.start() },
    );
    const wake = () => {
      if (document.visibilityState !== 'visible') return void sendWhenHidden(store);
      line.wake();
      exchange.start('byPerson');
    };
    const woken = new AbortController();
    const signal = AbortSignal.any([listening.signal, woken.signal]);
    document.addEventListener('visibilitychange', wake, { signal });
    window.addEventListener('online', wake, { signal });
    window.addEventListener('offline', () => exchange.start(), { signal });
    stopSocket = () => {
      woken.abort();
      line.stop();
    };
  });
  return () => {
    watching.unsubscribe();
    listening.abort();
    stopSocket();
  };
}
