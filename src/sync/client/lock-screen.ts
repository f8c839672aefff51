// What the lock screen writes: a membership's store opened without a key, an act queued, the store closed again.

import type { JsonObject } from '../../base/json.ts';
import type { Declarations } from '../core/run.ts';
import { askToSendInBackground } from './background.ts';
import type { DeviceStore } from './device-store.ts';
import { whileLocked } from './dexie-store.ts';
import { roomWhileLocked } from './room-when-needed.ts';
import { queueLocked } from './locked-entries.ts';
import type { DeviceMembership } from './registry.ts';
import { changeNote } from './store-note.ts';

/** Queues an act without any key of the person's. When the promise resolves, the disk has it. */
export async function queueOnLockScreen(
  declared: Declarations,
  membership: DeviceMembership,
  act: { name: string; args: JsonObject; at: string },
): Promise<void> {
  const write = async (store: DeviceStore) => {
    await queueLocked({ store, declared, membership }, act);
    // It is kept: a count that fails must not have it said that it is not, and written twice.
    await noteCounts(store, membership.id).catch(() => undefined);
  };
  await whileLocked(membership.id, write, roomWhileLocked);
  void askToSendInBackground();
}

async function noteCounts(store: DeviceStore, id: string): Promise<void> {
  changeNote(id, { lastN: (await store.state()).lastN, unsent: await store.outbox.countUnsent() });
}
