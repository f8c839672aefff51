// A file and its small form are one thing to their person.

import type { FileRecord } from './database.ts';

/** One record for each thing: the file's own, where it is among them. */
export function asOne(files: readonly FileRecord[]): FileRecord[] {
  const things = new Map<string, FileRecord>();
  for (const file of files) if (file.of === undefined || !things.has(file.of)) things.set(file.of ?? file.id, file);
  return [...things.values()];
}
