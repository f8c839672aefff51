// What the lock screen writes: a membership's store opened without a key, an act queued, the store closed again.

import type { JsonObject } from '../../base/json.ts';
import type { Declarations } from '../core/run.ts';
import { askToSendInBackground } from './background.ts';
import { whileLocked } from './dexie-store.ts';
import { queueLocked } from './locked-entries.ts';
import type { DeviceMembership } from './registry.ts';

/** Queues an act without any key of the person's. When the promise resolves, the disk has it. */
export async function queueOnLockScreen(
  declared: Declarations,
  membership: DeviceMembership,
  act: { name: string; args: JsonObject; at: string },
): Promise<void> {
  await whileLocked(membership.id, (store) => queueLocked({ store, declared, membership }, act));
  void askToSendInBackground();
}
