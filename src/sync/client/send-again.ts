// Somebody asked for it: what the server would not take is offered once more, at once.

import type { FileRecord } from './database.ts';
import type { DeviceStore } from './device-store.ts';

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
