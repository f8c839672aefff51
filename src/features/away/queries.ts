import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { AWAY } from './schema.ts';
import type { Away } from './schema.ts';

/** What the reader has said of himself; null where he never did. */
export async function ownAway(reader: Reader): Promise<Away | null> {
  const row = (await reader.get(AWAY, reader.memberId)) as Row<Away> | undefined;
  return row?.fields ?? null;
}

/** Of a client: what her primary providers have said, each with his membership. */
export async function awayHere(reader: Reader): Promise<{ member: string; setting: Away }[]> {
  const rows = (await reader.all(AWAY)) as Row<Away>[];
  return rows.map(({ id, fields }) => ({ member: id, setting: fields }));
}
