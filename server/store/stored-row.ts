// A row of the table `row` as the engine knows it.

import type { JsonObject } from '../../src/base/json.ts';
import type { StoredRow } from '../../src/sync/core/record.ts';

export interface StoredColumns {
  readonly type: string;
  readonly id: string;
  readonly space: string;
  readonly version: number;
  readonly by: string;
  readonly received_at: Date;
  readonly fields: JsonObject | null;
}

/** A row of the table as the engine knows it. */
export function toStoredRow({ received_at: receivedAt, by, fields, ...rest }: StoredColumns): StoredRow {
  return fields === null ? { ...rest, deleted: true } : { ...rest, by, at: receivedAt.toISOString(), fields };
}
