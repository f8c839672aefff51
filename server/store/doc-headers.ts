// What the header rows of documents become with an append, alike in every form of the log.

import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import type { Append, LogEnd } from './doc-log.ts';
import type { RowImage } from './store.ts';

/** What each header row becomes. A header that somebody has deleted stays so: `fieldsOf` gives null for it. */
export function headerImages(
  headed: readonly { append: Append; end: LogEnd }[],
  fieldsOf: (type: string, id: string) => JsonObject | null | undefined,
): RowImage[] {
  const images = new Map<string, RowImage>();
  for (const { append, end } of headed) {
    const { header, place, updates } = append;
    if (header === undefined) continue;
    const [type, id] = [header.type, place.row];
    const key = `${type}/${id}`;
    // Two segments of one document may move in one tick: the second goes on from the first.
    const before = images.get(key)?.fields ?? fieldsOf(type, id);
    if (before === null) continue;
    const order = images.get(key)?.order ?? images.size;
    const fields = header.fields(before ?? null, end.seq);
    const by = must(updates[0], 'an update').by;
    const { schemaVersion } = header;
    images.set(key, { type, id, space: place.space, by, schemaVersion, fields, order, relations: null });
  }
  return [...images.values()];
}
