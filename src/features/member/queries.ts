// How staff are read: their names, which every signed-in member of the practice may know.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from './schema.ts';

/** The names of all staff, by membership. */
export async function memberNames(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const rows = (await reader.all('member')) as Row<Member>[];
  return new Map(rows.map(({ id, fields }) => [id, fields.name]));
}

/** The staff member, or null where there is none of this id. */
export async function memberById(reader: Reader, id: string): Promise<Member | null> {
  const row = (await reader.get('member', id)) as Row<Member> | undefined;
  return row?.fields ?? null;
}
