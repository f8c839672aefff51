// How much waits on a device that may be locked: a number, without a key.

import { whileLocked } from './dexie-store.ts';
import type { DeviceMembership } from './registry.ts';

/** How much of a membership waits here to be sent; needs no key. */
export function countWaiting(membership: DeviceMembership): Promise<number> {
  return whileLocked(membership.id, async ({ state, outbox, files }) => {
    // Of a store that has gone nobody may say that nothing waits.
    await state();
    return (await outbox.countUnsent()) + (await files.countUnsent());
  });
}
