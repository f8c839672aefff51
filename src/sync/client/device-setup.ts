// The first and last moments of a membership's store on this device.

import { NOTHING_YET } from './database.ts';
import type { KeptEntry, SyncState } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { whileLocked } from './dexie-store.ts';

/** Makes the store of a fresh device. */
export function createDatabase(
  membershipId: string,
  first: Pick<SyncState, 'device' | 'sealing' | 'user'>,
): Promise<void> {
  return whileLocked(membershipId, (store) => begin(store, first));
}

/**
 * The data key is lost (a password changed elsewhere): what it sealed cannot be read again, and the server has it all, save
 * what was unsent. That stays, as the parcels it always was.
 */
export function keepOnlyParcels(membershipId: string, sealing: SyncState['sealing']): Promise<void> {
  return whileLocked(membershipId, (store) => beginWithParcels(store, sealing));
}

/** Puts the state of a device that holds nothing and has numbered nothing. */
export function begin(store: DeviceStore, first: Pick<SyncState, 'device' | 'sealing' | 'user'>): Promise<void> {
  return store.transaction(async (tx) => {
    // What a sign-out that was broken off left behind is of a key that is gone. A store that somebody misses is set up again
    // instead (`set-up-again.ts`), which sends what is in it.
    await tx.clear();
    await tx.putState({ ...NOTHING_YET, ...first, lastN: 0 });
  });
}

/** Begins anew under another key, with what can be sent without one: unsent work, and what no backup is known to hold. */
export function beginWithParcels(store: DeviceStore, sealing: SyncState['sealing']): Promise<void> {
  return store.transaction(async (tx) => {
    // By the epoch it is seen, after a restore, that what was kept has to be sent again.
    const { device, epoch, lastN, answeredN, backedUpThrough } = await tx.state();
    const [outbox, kept] = [await tx.outbox.all(), await tx.kept.all()];
    await tx.clear('files');
    await tx.outbox.put(outbox.map(sealedOnly));
    await tx.kept.put(kept.map(sealedOnly));
    await tx.putState({ ...NOTHING_YET, device, epoch, lastN, answeredN, backedUpThrough, sealing });
  });
}

/** What of an entry is of use without the key it was written under. */
export function sealedOnly({ n, mid, version, bytes, epoch, hour, header, parcel }: KeptEntry): KeptEntry {
  return { n, mid, keys: [], version, bytes, ...(epoch !== undefined && { epoch }), hour, header, parcel };
}
