// Files of a device, looked at together: a file and its small form are one thing to their person; some can be fetched again.

import type { FileRecord } from './database.ts';

/** One record for each thing: the file's own, where it is among them. */
export function asOne(files: readonly FileRecord[]): FileRecord[] {
  const things = new Map<string, FileRecord>();
  for (const file of files) if (file.of === undefined || !things.has(file.of)) things.set(file.of ?? file.id, file);
  return [...things.values()];
}

/** Whether it may go from here: somebody else's, or an own one that a backup of the server has. */
export function isSpare({ state, through = Infinity }: FileRecord, backedUpThrough: number): boolean {
  return state === 'cached' || (state === 'stored' && backedUpThrough > through);
}
