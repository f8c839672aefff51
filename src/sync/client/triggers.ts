// What starts the exchange apart from a write: the server's word, the page's coming back, the network's.

import { askToSendInBackground } from './background.ts';
import type { DeviceStore } from './device-store.ts';
import type { Exchange } from './exchange.ts';
import { documentsOnLine } from './doc-line.ts';
import { live } from './live.ts';
import type { Desk } from './mutate.ts';
import type { DeviceMembership } from './registry.ts';
import { openPokeLine } from './socket.ts';

/** The browser may stop or close a page out of sight. */
async function sendWhenHidden(store: DeviceStore): Promise<void> {
  if ((await store.outbox.countUnsent()) + (await store.files.countUnsent()) > 0) await askToSendInBackground();
}

const isSeen = () => document.visibilityState === 'visible';

/** Listens until the returned function is called. */
export function startTriggers(desk: Desk, membership: DeviceMembership, exchange: Exchange): () => void {
  const { store } = desk;
  const listening = new AbortController();
  const opened = live(async () => (await store.state()).device);
  let stopSocket = () => {};
  let device: string | undefined;
  // A device that forked goes on under another id, and so must its socket.
  const watching = opened.subscribe((now) => {
    if (now === device) return;
    device = now;
    stopSocket();
    const ask = () => exchange.start();
    const docs = documentsOnLine(desk, { send: (data) => line.send(data) }, { ask, isSeen });
    const line = openPokeLine(
      { practice: membership.practice, membership: membership.id, device: now },
      {
        ...docs,
        poke: ask,
        lost: () => {
          docs.lost();
          ask();
        },
        refused: ask,
      },
    );
    const wake = () => {
      docs.look();
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
      docs.stop();
      line.stop();
    };
  });
  return () => {
    watching.unsubscribe();
    listening.abort();
    stopSocket();
  };
}
