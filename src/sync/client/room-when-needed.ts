// Making room is rare: its code is fetched when a device is full. Not for the worker: it is one file, and the page makes room.

import type { RecordType } from '../core/record.ts';
import type { MakeRoom } from './dexie-store.ts';
import type { Cipher } from './sealed.ts';

/** Of a store that is open: what its types declare as always kept stays. */
export function roomWhenNeeded(types: Readonly<Record<string, RecordType>>, cipher: Pick<Cipher, 'token'>): MakeRoom {
  const kept = Object.values(types).flatMap(({ name, keptAlways }) => (keptAlways ? [cipher.token(name)] : []));
  return async (db) => (await import('./room.ts')).makeRoom(db, kept);
}

/** Of one that is locked: no rows. */
export const roomWhileLocked: MakeRoom = async (db) => (await import('./room.ts')).makeRoom(db, null);
