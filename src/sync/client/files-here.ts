// What a person decides about files that lie here: one that the server would not take is offered once more or given up; what can be
// fetched again is counted and taken off the device.

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

/** Queues what was refused, and ends every pause: of all files, or of one with its small form. */
export async function queueAgain(store: DeviceStore, only?: string): Promise<void> {
  await store.transaction(async ({ files }) => {
    const waiting = await files.inState('queued', 'uploading', 'refused');
    await files.put(waiting.filter(({ id, of }) => [id, of, undefined].includes(only)).map(anew));
  });
}

function anew({ pauses: _, notBefore: __, ...file }: FileRecord): FileRecord {
  return file.state === 'refused' ? { ...file, state: 'queued', spoilt: 0 } : file;
}

/** Gives up one file with its small form, by its author's choice: nothing of it is sent or kept here any more. */
export async function giveUpFile(store: DeviceStore, id: string): Promise<void> {
  await store.transaction(async ({ files }) => {
    const unsent = await files.inState('local', 'queued', 'uploading', 'refused');
    await files.delete(unsent.filter((file) => file.id === id || file.of === id).map((file) => file.id));
  });
}
