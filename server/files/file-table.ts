// Which files a practice has, in which space, and which uploads are under way: rows behind the practice's wall. A file of two
// spaces is two rows over the same bytes, so that nobody learns from an upload what lies in a space he cannot read.

import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { FILE_LIMITS, overLimit } from './quota.ts';
import type { FileLimits, Over } from './quota.ts';

export interface FileRow {
  readonly id: string;
  readonly space: string;
  readonly bytes: number;
}

/** `fault`: what was found wrong with it when it was looked at. */
type FoundFile = FileRow & { readonly fault: string | null };

export interface UploadRow extends FileRow {
  readonly by: string;
  /** The file that it is to become; `id` is the upload's own. */
  readonly file: string;
}

export function createFileTable(database: Database, limits: FileLimits = FILE_LIMITS) {
  return {
    /** Where a file lies, by its id. */
    find: (practice: string, id: string): Promise<FoundFile[]> =>
      inPractice(database, practice, (tx) =>
        tx
          .selectFrom('file')
          .select(['id', 'space', 'bytes', 'fault'])
          .where('practice_id', '=', practice)
          .where('id', '=', id)
          .execute(),
      ),

    upload: (practice: string, id: string): Promise<UploadRow | undefined> =>
      inPractice(database, practice, (tx) =>
        tx
          .selectFrom('upload')
          .select(['id', 'by', 'file', 'space', 'bytes'])
          .where('practice_id', '=', practice)
          .where('id', '=', id)
          .executeTakeFirst(),
      ),

    /** Notes an upload, once; returns what speaks against it, with nothing noted, where something does. */
    open: (practice: string, { id, by, file, space, bytes }: UploadRow): Promise<Over | null> =>
      inPractice(database, practice, async (tx) => {
        const over = await overLimit(tx, limits, { practice, id, by, file, space, bytes });
        if (over !== null) return over;
        const row = { practice_id: practice, id, by, file, space, bytes };
        await tx
          .insertInto('upload')
          .values(row)
          .onConflict((conflict) => conflict.columns(['practice_id', 'id']).doNothing())
          .execute();
        return null;
      }),

    /** The upload has become a file. Its own row stays for a while, for whoever did not hear of its end. */
    close: (practice: string, { by, file, space, bytes }: UploadRow): Promise<void> =>
      inPractice(database, practice, async (tx) => {
        await tx
          .insertInto('file')
          .values({ practice_id: practice, id: file, space, bytes, by })
          .onConflict((conflict) => conflict.columns(['practice_id', 'id', 'space']).doNothing())
          .execute();
      }),

    forget: (practice: string, id: string): Promise<void> =>
      inPractice(database, practice, async (tx) => {
        await tx.deleteFrom('upload').where('practice_id', '=', practice).where('id', '=', id).execute();
      }),

    /** Uploads that began before this time. */
    begunBefore: (practice: string, time: Date): Promise<string[]> =>
      inPractice(database, practice, async (tx) => {
        const found = await tx
          .selectFrom('upload')
          .select('id')
          .where('practice_id', '=', practice)
          .where('created_at', '<', time)
          .execute();
        return found.map(({ id }) => id);
      }),
  };
}

export type FileTable = ReturnType<typeof createFileTable>;
