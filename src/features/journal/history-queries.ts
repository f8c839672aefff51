// How the whole of a chart's journal is read: entries by their ids, in pieces, and which entry a row that has changed belongs to.

import type { Reader } from '../../sync/client/reader.ts';
import type { SpaceReader } from '../../sync/client/space-reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { namesOf, newestFirst, viewsOf } from './queries.ts';
import type { EntryView } from './queries.ts';
import type { JournalEntry } from './schema.ts';

export const ENTRY_TYPE = 'journalEntry';
/** What hangs on an entry, and changes how it is shown or found. */
export const ATTACHED_TYPES: readonly string[] = [
  'journalRevision',
  'journalComment',
  'journalReview',
  'journalReaction',
];

/** The entries of these ids that are on this device, each with all that hangs on it. */
export async function viewsById(reader: Reader, space: SpaceReader, ids: readonly string[]): Promise<EntryView[]> {
  return viewsOf(reader, (await space.many(ENTRY_TYPE, ids)) as Row<JournalEntry>[]);
}

/** The same with the names of all who wrote in them, the newest first: for a list. */
export async function entriesById(
  reader: Reader,
  space: SpaceReader,
  ids: readonly string[],
): Promise<{ entries: EntryView[]; names: ReadonlyMap<string, string> }> {
  const entries = (await viewsById(reader, space, ids)).sort(newestFirst);
  const people = entries.flatMap(({ by, comments }) => [by, ...comments.map((comment) => comment.by)]);
  const clients = entries.map(({ client }) => client);
  return { entries, names: await namesOf(reader, people, clients) };
}

/** The entry that each of these rows hangs on; those that are not there are left out. */
export async function entryOfEach(
  space: SpaceReader,
  type: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await space.many(type, ids);
  return new Map(rows.map(({ id, fields }) => [id, String(fields['entry'])]));
}
