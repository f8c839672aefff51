// Rows between the engine's form and the device's: keys, index members, shapes of earlier releases, and read sets.

import { must } from '../../base/must.ts';
import type { RowRef, StoredRow } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import { inPresentShape } from '../core/shapes.ts';
import type { RecordTypes } from '../core/run.ts';
import { rowKey } from '../core/tx.ts';
import type { ReadSet } from '../core/tx.ts';
import type { BaseRow, LocalRow } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import type { Cipher } from './sealed.ts';

/** What it takes to read and write rows here. */
export interface RowGround {
  readonly declared: RecordTypes;
  readonly cipher: Pick<Cipher, 'token'>;
}

/** The device's key of a row: its type as a token, and its id. */
export function localKey(cipher: Pick<Cipher, 'token'>, ref: RowRef): string {
  return `${cipher.token(ref.type)}/${ref.id}`;
}

/** The row as it is put; index members come from what its type declares, times rounded down to the hour. */
export function toLocalRow({ declared, cipher }: RowGround, row: StoredRow): LocalRow {
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
    ...(typeof other === 'string' && { ref: other }),
    ...shapeOf(declared, row),
    row,
  };
}

/** What the server said of a row, as it is put; `null`: nothing there. */
export function toBaseRow(
  { declared, cipher }: RowGround,
  ref: RowRef & { space: string },
  row: StoredRow | null,
): BaseRow {
  return { key: localKey(cipher, ref), space: ref.space, ...(row !== null && shapeOf(declared, row)), row };
}

/** The row in its present shape, whichever release has put it. */
export function rowOf<R extends StoredRow | null>(
  declared: RecordTypes,
  { row, shape = 1 }: { row: R; shape?: number },
): R {
  if (row === null || isTombstone(row)) return row;
  return { ...row, fields: inPresentShape(declared.recordTypes[row.type], row.fields, shape) };
}

/** `2026-11-23T14` of an ISO 8601 UTC time. */
export function hourOf(iso: string): string {
  return iso.slice(0, iso.indexOf('T') + 3);
}

/** What the screen shows of these rows now. */
export async function readVisible(tx: DeviceTables, ground: RowGround, refs: readonly RowRef[]): Promise<ReadSet> {
  const found = await tx.rows.get(refs.map((ref) => localKey(ground.cipher, ref)));
  return new Map(refs.map((ref, i) => [rowKey(ref), found[i] === undefined ? null : rowOf(ground.declared, found[i])]));
}

/** What lies under pending work: the base row where there is one, else what is visible. */
export async function readBases(tx: DeviceTables, ground: RowGround, refs: readonly RowRef[]): Promise<ReadSet> {
  const visible = await readVisible(tx, ground, refs);
  const bases = await tx.bases.get(refs.map((ref) => localKey(ground.cipher, ref)));
  for (const [i, ref] of refs.entries()) {
    const base = bases[i];
    if (base !== undefined) visible.set(rowKey(ref), rowOf(ground.declared, base));
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

function shapeOf({ recordTypes }: RecordTypes, row: RowRef & { shape?: number }): { shape?: number } {
  const shape = recordTypes[row.type]?.schemaVersion ?? row.shape;
  return shape === undefined ? {} : { shape };
}
