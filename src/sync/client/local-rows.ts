// Rows between the engine's form and the device's: keys, index members, and read sets from the database.

import { must } from '../../base/must.ts';
import type { RowRef, StoredRow } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { rowKey } from '../core/tx.ts';
import type { ReadSet } from '../core/tx.ts';
import type { BaseRow, LocalRow, MembershipDatabase } from './database.ts';
import type { Cipher } from './sealed.ts';

/** The device's key of a row: its type as a token, and its id. */
export function localKey(cipher: Cipher, ref: RowRef): string {
  return `${cipher.token(ref.type)}/${ref.id}`;
}

/** The row as it is put; index members come from what its type declares, times rounded down to the hour. */
export function toLocalRow(declared: Declarations, cipher: Cipher, row: StoredRow): LocalRow {
  const { time, ref } = declared.recordTypes[row.type]?.index ?? {};
  const fields = isTombstone(row) ? {} : row.fields;
  const at = time === undefined ? undefined : fields[time];
  const other = ref === undefined ? undefined : fields[ref];
  return {
    key: localKey(cipher, row),
    type: cipher.token(row.type),
    space: row.space,
    version: row.version,
    hour: typeof at === 'string' ? hourOf(at) : '',
    ref: typeof other === 'string' ? other : '',
    row,
  };
}

/** `2026-11-23T14` of an ISO 8601 UTC time. */
export function hourOf(iso: string): string {
  return iso.slice(0, iso.indexOf('T') + 3);
}

/** What the screen shows of these rows now. */
export async function readVisible(db: MembershipDatabase, cipher: Cipher, refs: readonly RowRef[]): Promise<ReadSet> {
  const found = await db.row.bulkGet(refs.map((ref) => localKey(cipher, ref)));
  return new Map(refs.map((ref, i) => [rowKey(ref), found[i]?.row ?? null]));
}

/** What lies under pending work: the base row where there is one, else what is visible. */
export async function readBases(db: MembershipDatabase, cipher: Cipher, refs: readonly RowRef[]): Promise<ReadSet> {
  const visible = await readVisible(db, cipher, refs);
  const bases = await db.base.bulkGet(refs.map((ref) => localKey(cipher, ref)));
  for (const [i, ref] of refs.entries()) {
    const base: BaseRow | undefined = bases[i];
    if (base !== undefined) visible.set(rowKey(ref), base.row);
  }
  return visible;
}

/** `type/id` back to its parts. */
export function refOf(key: string): RowRef {
  const slash = key.indexOf('/');
  if (slash < 0) throw new Error('a row key has a slash');
  return { type: key.slice(0, slash), id: key.slice(slash + 1) };
}

/** The row of a read set that must have been asked for. */
export function rowIn(rows: ReadSet, key: string): StoredRow | null {
  const row = rows.get(key);
  return row === null ? null : must(row, 'a row of the read set');
}
