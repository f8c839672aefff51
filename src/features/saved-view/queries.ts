import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { SAVED_VIEW } from './schema.ts';
import type { SavedView } from './schema.ts';

export interface ViewView extends SavedView {
  readonly id: string;
}

/** One's own, in their order. */
export async function viewsOf(reader: Reader): Promise<ViewView[]> {
  const rows = (await reader.all(SAVED_VIEW)) as Row<SavedView>[];
  return rows.map(({ id, fields }) => ({ ...fields, id })).sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}
