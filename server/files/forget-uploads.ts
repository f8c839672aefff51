// Uploads that nobody goes on with are forgotten, with what had come of them; finished files are not touched.

import type { FileStore } from './file-store.ts';
import type { FileTable } from './file-table.ts';

/** A device that was away for a week sends the file from its beginning. */
const UPLOADS_KEPT_MS = 7 * 24 * 60 * 60_000;

/** Forgets a practice's uploads that began too long ago; returns how many. */
export async function forgetUploads(
  { files, fileStore }: { files: FileTable; fileStore: FileStore },
  practice: string,
  now: Date,
): Promise<number> {
  const old = await files.begunBefore(practice, new Date(now.getTime() - UPLOADS_KEPT_MS));
  for (const id of old) {
    await fileStore.drop(practice, id);
    await files.forget(practice, id);
  }
  return old.length;
}
