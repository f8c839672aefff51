// What a file is of: the row that names it.

import type { Row } from '../../sync/core/record.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Medium } from '../file/schema.ts';
import { entryOf } from './queries.ts';
import { filesIn } from './schema.ts';
import type { JournalComment, JournalEntry, JournalRevision } from './schema.ts';

/** Where a file stands. */
export interface FilePlace {
  readonly client: string;
  readonly entry: string;
  /** Where it was said under the entry. */
  readonly comment?: string;
  readonly medium: Medium;
}

/** What stands about a file in the row that was the first to name it; null where that is not on this device, or names it no more. */
export async function placeOfFile(
  reader: Reader,
  { file, row }: { file: string; row: string },
): Promise<FilePlace | null> {
  const entry = (await reader.get('journalEntry', row)) as Row<JournalEntry> | undefined;
  if (entry) return placeIn(entry.fields.content, file, { client: entry.fields.client, entry: row });
  const revision = (await reader.get('journalRevision', row)) as Row<JournalRevision> | undefined;
  const comment = (await reader.get('journalComment', row)) as Row<JournalComment> | undefined;
  const on = revision ?? comment;
  const parent = on && ((await reader.get('journalEntry', entryOf(on))) as Row<JournalEntry> | undefined);
  if (!parent) return null;
  const place = { client: parent.fields.client, entry: parent.id };
  if (revision) return placeIn(revision.fields.content, file, place);
  return placeIn(comment?.fields ?? {}, file, { ...place, comment: row });
}

function placeIn(
  { media }: { media?: Medium[] | undefined },
  file: string,
  place: Omit<FilePlace, 'medium'>,
): FilePlace | null {
  const medium = media?.find((one) => filesIn({ media: [one] }).includes(file));
  return medium === undefined ? null : { ...place, medium };
}
