// Files that must outlive a power cut: on the disk, not in its cache, before anything relies on them.

import { open } from 'node:fs/promises';

/** Writes a new file, readable by its owner only, through to the disk. Throws where it is there already. */
export async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder's own entries (a new name, a rename) last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
