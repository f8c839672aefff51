// How the practice itself is read: its name, and its words for a crisis.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Practice } from './schema.ts';

/** The practice; null while its row has not come yet. */
export async function practiceHere(reader: Reader): Promise<Practice | null> {
  const [row] = (await reader.all('practice')) as Row<Practice>[];
  return row?.fields ?? null;
}
