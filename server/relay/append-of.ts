// What a room wants appended, with the row that follows its document where the kind has one.

import { must } from '../../src/base/must.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Append, HeaderWrite, NewUpdate } from '../store/doc-log.ts';
import type { Room } from './room.ts';

/** What one room has staged, on its way to the log. */
export interface Writing {
  readonly room: Room;
  readonly updates: readonly NewUpdate[];
}

/** One document's part of a transaction. */
export function appendOf({ recordTypes }: Declarations, { room, updates }: Writing): Append {
  const { place, kind } = room.found;
  const append = { place, expected: room.end, updates };
  if (kind.header === undefined) return append;
  const { type, fields } = kind.header;
  const { schemaVersion } = must(recordTypes[type], `record type ${type}`);
  const { appended } = room;
  const at = must(updates.at(-1), 'an update').at;
  const header: HeaderWrite = {
    type,
    schemaVersion,
    fields: (before, seq) => fields(before, { document: place.name, seq, appended, at }),
  };
  return { ...append, header };
}
