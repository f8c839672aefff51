// Files that lie here and can be fetched again: how much they take, and taking it back.

import type { DeviceStore, Files } from './device-store.ts';
import type { FileRecord } from './database.ts';
import { isSpare } from './files-as-one.ts';

async function spareOf(files: Files, backedUpThrough: number): Promise<FileRecord[]> {
  return (await files.inState('cached', 'stored')).filter((file) => isSpare(file, backedUpThrough));
}

/** In bytes. */
export async function spareBytes(store: DeviceStore): Promise<number> {
  const spare = await spareOf(store.files, (await store.state()).backedUpThrough);
  return spare.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Takes them off the device; nothing that waits to be sent, and no own one that no backup of the server has. */
export async function freeSpare(store: DeviceStore): Promise<void> {
  await store.transaction(async (tx) => {
    const spare = await spareOf(tx.files, (await tx.state()).backedUpThrough);
    await tx.files.delete(spare.map(({ id }) => id));
  });
}
