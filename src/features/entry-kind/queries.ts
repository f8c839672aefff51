// How the kinds of entries are read: as the practice has decided on them.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { kindsFrom } from './schema.ts';
import type { Kind, KindSetting } from './schema.ts';

/** All kinds, also those that are switched off. */
export async function kindsHere(reader: Reader): Promise<Kind[]> {
  return kindsFrom((await reader.all('entryKind')) as Row<KindSetting>[]);
}
