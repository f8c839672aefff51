// What the lock screen and a worker do with a membership's store: open it without a key, act, close it again.

import type { JsonObject } from '../../base/json.ts';
import type { Declarations } from '../core/run.ts';
import { whileLocked } from './dexie-store.ts';
import { queueLocked, sendParcels } from './locked-entries.ts';
import type { Line } from './push-loop.ts';
import type { DeviceMembership } from './registry.ts';

/** Queues an act without any key of the person's. When the promise resolves, the disk has it. */
export function queueOnLockScreen(
  declared: Declarations,
  membership: DeviceMembership,
  act: { name: string; args: JsonObject; at: string },
): Promise<void> {
  return whileLocked(membership.id, (store) => queueLocked({ store, declared, membership }, act));
}

/** Sends what waits, as parcels; returns how much still waits. Throws as `post` does. */
export function sendFromLockScreen(membership: DeviceMembership, line: Pick<Line, 'post'>): Promise<number> {
  return whileLocked(membership.id, (store) => sendParcels({ store, membership }, line));
}

/** How much of a membership waits here to be sent; needs no key. */
export function countWaiting(membership: DeviceMembership): Promise<number> {
  return whileLocked(membership.id, (store) => store.outbox.countUnsent());
}
