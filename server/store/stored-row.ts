// A row of the table `row` as the engine knows it.

import { sql } from 'kysely';
import type { JsonObject } from '../../src/base/json.ts';
import type { Heads } from '../../src/sync/core/heads.ts';
import type { StoredRow } from '../../src/sync/core/record.ts';
import type { Shapes } from './store.ts';

export interface StoredColumns {
  readonly type: string;
  readonly id: string;
  readonly space: string;
  readonly version: number;
  readonly by: string;
  readonly received_at: Date;
  readonly fields: JsonObject | null;
  readonly schema_version: number;
  readonly heads: Heads | null;
}

/** The columns of `StoredColumns`, of the table `r`. */
export const STORED_COLUMNS = sql.raw(
  'r.type, r.id, r.space, r.version, r.by, r.received_at, r.fields, r.schema_version, r.heads',
);

/** A row of the table as the engine knows it, in the present shape of its type. */
export function toStoredRow(columns: StoredColumns, shapes: Shapes): StoredRow {
  const { type, id, space, version, by, heads } = columns;
  if (columns.fields === null) return { type, id, space, version, deleted: true };
  const fields = shapes(type, columns.fields, columns.schema_version);
  return { type, id, space, version, by, at: columns.received_at.toISOString(), fields, ...(heads && { heads }) };
}
