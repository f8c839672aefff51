// The first and last moments of a membership's database on this device.

import { Dexie } from 'dexie';
import { must } from '../../base/must.ts';
import { databaseName, MembershipDatabase } from './database.ts';
import type { SyncState } from './database.ts';

/** Makes the state of a fresh device: it holds nothing and has numbered nothing. */
export async function createDatabase(
  membershipId: string,
  { device, sealing }: { device: string; sealing: SyncState['sealing'] },
): Promise<void> {
  const db = new MembershipDatabase(membershipId, null);
  try {
    await db.transaction('rw', db.tables, async () => {
      // What a sign-out that was broken off left behind is of a key that is gone: nobody can read or send it.
      await Promise.all(db.tables.map((table) => table.clear()));
      await db.state.put({ ...EMPTY, device, lastN: 0, sealing });
    });
  } finally {
    db.close();
  }
}

/**
 * The data key is lost (a password changed elsewhere): what it sealed cannot be read again, and the server has it all, save
 * what was unsent. That stays, as the parcels it always was.
 */
export async function keepOnlyParcels(membershipId: string, sealing: SyncState['sealing']): Promise<void> {
  const db = new MembershipDatabase(membershipId, null);
  try {
    await db.transaction('rw', db.tables, async () => {
      const state = must(await db.state.get('state'), 'the state of a device that has been set up');
      const waiting = await db.outbox.where('version').equals(0).toArray();
      await Promise.all([db.row, db.base, db.rejection, db.draft, db.outbox].map((table) => table.clear()));
      await db.outbox.bulkAdd(
        waiting.map(({ n, mid, version, bytes, hour, header, parcel }) => ({
          n,
          mid,
          keys: [],
          version,
          bytes,
          hour,
          header,
          parcel,
        })),
      );
      await db.state.put({ ...EMPTY, device: state.device, lastN: state.lastN, sealing });
    });
  } finally {
    db.close();
  }
}

/** Takes the database off the device, with whatever it still held. */
export async function destroyDatabase(membershipId: string): Promise<void> {
  await Dexie.delete(databaseName(membershipId));
}

const EMPTY = {
  key: 'state',
  cursor: null,
  epoch: null,
  spaces: [],
  fill: null,
  delivered: {},
  awaiting: {},
} as const satisfies Partial<SyncState>;
