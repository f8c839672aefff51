// Files on this server's own disk: finished ones under `files/`, which backups copy, unfinished ones under `uploads/`. An offset
// is told after `fdatasync`, a finished file after its folders have been synced.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { syncFolder } from '../synced-file.ts';
import type { Appended, FileStore } from './file-store.ts';

const OWN = { recursive: true, mode: 0o700 } as const;

/** Files stop here; the database, its backups and whatever else is on the disk go on. */
const FREE_FLOOR_BYTES = 1024 * 1024 * 1024;

/** A store in the folder of the server's data. `floor` are the bytes of free disk that files leave to everything else. */
export function createDiskStore(dataDir: string, floor = FREE_FLOOR_BYTES): FileStore {
  const uploadOf = (practice: string, upload: string) => join(dataDir, 'uploads', practice, upload);
  const fileOf = (practice: string, id: string) => join(dataDir, 'files', practice, id.slice(0, 2), id);
  return {
    arrived: async (practice, upload) => (await sizeOf(uploadOf(practice, upload))) ?? 0,
    append: ({ practice, upload, size }, bytes) => append(uploadOf(practice, upload), size, bytes),
    async finish({ practice, upload }, id) {
      const [from, to] = [uploadOf(practice, upload), fileOf(practice, id)];
      if ((await digestOf(from)) !== id) {
        await rm(from, { force: true });
        return false;
      }
      await mkdir(dirname(to), OWN);
      await rename(from, to);
      await syncFolder(dirname(to));
      await syncFolder(dirname(dirname(to)));
      return true;
    },
    drop: (practice, upload) => rm(uploadOf(practice, upload), { force: true }),
    stored: (practice, id) => sizeOf(fileOf(practice, id)),
    read: async (practice, id) => Readable.toWeb(createReadStream(fileOf(practice, id))) as ReadableStream<Uint8Array>,
    async hasRoomFor(bytes) {
      const { bavail, bsize } = await statfs(dataDir);
      return bavail * bsize - bytes >= floor;
    },
  };
}

async function append(path: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<Appended> {
  await mkdir(dirname(path), OWN);
  const handle = await open(path, 'a', 0o600);
  try {
    let offset = (await handle.stat()).size;
    let isOver = false;
    try {
      for await (const chunk of bytes) {
        const fits = chunk.subarray(0, size - offset);
        isOver = fits.length < chunk.length;
        if (fits.length > 0) await handle.appendFile(fits);
        offset += fits.length;
        if (isOver) break;
      }
    } finally {
      await handle.datasync();
    }
    return { offset, isOver };
  } finally {
    await handle.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
}
