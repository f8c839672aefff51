// Sending without the app: the lock screen does it for the membership it shows, the service worker for all that are here.
// No key and no words are in reach; what the server refuses stays until the unlocked app can give it back to its author.

import { whileLocked } from './dexie-store.ts';
import { sendParcels } from './parcels-out.ts';
import type { Line } from './parcels-out.ts';
import { membershipsHere } from './registry.ts';
import type { DeviceMembership } from './registry.ts';
import { sendFiles } from './send-files.ts';
import { StoreGone } from './store-troubles.ts';
import { inTurn } from './turn.ts';
import { countWaiting } from './waiting.ts';
import { WireError } from './wire.ts';
import type { Post } from './wire.ts';

/** Sends what waits, as parcels, and files, which are ciphertext anyway; returns how much still waits. Throws as `post` does. */
export function sendWaiting(membership: DeviceMembership, line: Pick<Line, 'post' | 'send'>): Promise<number> {
  return whileLocked(membership.id, async (store) => {
    const waiting = await inTurn(membership.id, () => sendParcels({ store, membership }, line));
    // Words before files, and no file of words that still wait. Outside of the turn: nobody's words wait for a file.
    if (waiting === 0) await sendFiles(store, { ...line, practice: membership.practice });
    return waiting + (await store.files.countUnsent());
  });
}

/**
 * The same for every membership on this device. What another time may mend (weather, nobody signed in, a page that came
 * between) is thrown after all have had their try; what only a page can mend (a gap, a fork, a store that
 * is gone) is left to it.
 */
export async function sendAllWaiting(post: Post): Promise<void> {
  const failures: unknown[] = [];
  for (const membership of await membershipsHere()) {
    try {
      if ((await countWaiting(membership)) > 0) await sendWaiting(membership, { post });
    } catch (error) {
      if (!(error instanceof WireError) && !(error instanceof StoreGone)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
