// A store that was lost, set up again because its person asked for it. What can still be found in it goes on: unsent work as
// the parcels it always was, and under a key that is still there drafts and refused words too. The rest comes from the server.

import { destroyDatabase, NOTHING_YET } from './database.ts';
import type { OutboxEntry, SyncState } from './database.ts';
import { createDatabase, sealedOnly } from './device-setup.ts';
import type { DeviceStore } from './device-store.ts';
import { whileLocked } from './dexie-store.ts';
import { UNGROUNDED } from './ground.ts';
import { lookAtStore } from './lost-stores.ts';
import { isFull, StoreNewer } from './store-troubles.ts';

type First = Pick<SyncState, 'device' | 'sealing'>;

/** What was found again of a store. */
export interface Found {
  readonly unsent: number;
  readonly refused: number;
}

/** Sets the store up anew. `sameKey`: what was sealed in it can still be read. */
export async function setUpAgain(membershipId: string, first: First & { readonly sameKey: boolean }): Promise<Found> {
  try {
    return await whileLocked(membershipId, (store) => beginAgain(store, first));
  } catch (error) {
    if (isFull(error) || error instanceof StoreNewer) throw error;
    // Something passing: what lies there may still be found at the next try.
    if ((await lookAtStore(membershipId)) === 'there') throw error;
    // It does not open, and the person decided to go on without it.
    await destroyDatabase(membershipId);
    await createDatabase(membershipId, first);
    return { unsent: 0, refused: 0 };
  }
}

/** Begins anew in what is there, under a new device id: which numbers the old one gave is not known for sure any more. */
export function beginAgain(
  store: DeviceStore,
  { device, sealing, sameKey }: First & { readonly sameKey: boolean },
): Promise<Found> {
  return store.transaction(async (tx) => {
    const all = await tx.outbox.all();
    const unsent = all.filter((entry) => entry.version === 0).sort((a, b) => a.n - b.n);
    // In which life of the server it was accepted is not known any more: it goes out again, and what is known is answered so.
    const accepted = [...(await tx.kept.all()), ...all.filter((entry) => entry.version > 0)];
    const again = [...accepted.sort((a, b) => a.version - b.version), ...unsent];
    const rejections = sameKey ? await tx.rejections.all() : [];
    const drafts = sameKey ? await tx.drafts.all() : [];
    await tx.clear('files');
    const fresh = (entry: OutboxEntry, i: number): OutboxEntry => {
      // Sealed to the device's key, not to its place: under that key its author still reads it.
      const locked = sameKey && entry.locked ? { locked: entry.locked } : {};
      return { ...sealedOnly(entry), ...locked, n: i + 1, version: 0, epoch: UNGROUNDED };
    };
    await tx.outbox.put(again.map(fresh));
    for (const rejection of rejections) await tx.rejections.put(rejection);
    for (const draft of drafts) await tx.drafts.put(draft);
    await tx.putState({ ...NOTHING_YET, device, sealing, lastN: again.length });
    return { unsent: unsent.length, refused: rejections.length };
  });
}
