// What a browser does to what it keeps, behind the app's back: clears it, spoils it, runs out of room.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Device } from './device.ts';

/** Clears kinds of storage of the app's origin, as the browser's own settings do. */
export async function clearStorage({ context, page, origin }: Device, kinds: string): Promise<void> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: kinds });
  await cdp.detach();
}

/** Takes one record out of every database that has such a store. */
export async function takeOut({ page }: Device, store: string): Promise<void> {
  await page.evaluate(async (name) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')));
      });
    for (const { name: of = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(of));
      if (database.objectStoreNames.contains(name)) {
        await done(database.transaction(name, 'readwrite').objectStore(name).clear());
      }
      database.close();
    }
  }, store);
}

/** Writes nonsense over all database files of a browser that is closed. */
export async function spoilFiles({ profile }: Device): Promise<number> {
  const folder = join(profile, 'Default', 'IndexedDB');
  let spoilt = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(ldb|log|db|sqlite)$|^MANIFEST/.test(entry.name)) continue;
    await writeFile(join(entry.parentPath, entry.name), Buffer.alloc(4096, 0x5a));
    spoilt += 1;
  }
  return spoilt;
}

/**
 * Opens a closed browser on a device without room: less than what is there already. A browser remembers for half a minute how
 * much room it last found, so one that is open would not notice at once. Returns what makes room again.
 */
export async function openWithoutRoom(device: Device): Promise<() => Promise<void>> {
  await device.open();
  const { context, page, origin } = device;
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  return async () => {
    await cdp.send('Storage.overrideQuotaForOrigin', { origin });
    await cdp.detach();
  };
}
