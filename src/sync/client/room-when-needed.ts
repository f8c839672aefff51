// Making room is rare: its code is fetched when a device is full. Not for the worker: it is one file, and the page makes room.

import type { MakeRoom } from './dexie-store.ts';

export const roomWhenNeeded: MakeRoom = async (db) => {
  const { makeRoom } = await import('./room.ts');
  return makeRoom(db);
};
