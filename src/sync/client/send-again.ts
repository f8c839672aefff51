// Somebody asked for it: what the server would not take is offered once more, at once.

import type { FileRecord } from './database.ts';
import type { DeviceStore } from './device-store.ts';

/** Queues what was refused, and ends every pause. */
export async function queueAgain(store: DeviceStore): Promise<void> {
  await store.transaction(async ({ files }) => {
    const waiting = await files.inState('queued', 'uploading', 'refused');
    await files.put(waiting.map(anew));
  });
}

function anew({ pauses: _, notBefore: __, ...file }: FileRecord): FileRecord {
  return file.state === 'refused' ? { ...file, state: 'queued', spoilt: 0 } : file;
}
