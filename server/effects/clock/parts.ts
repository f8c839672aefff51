// What follows from time alone, in a practice: that somebody begins or ends to stand in, that what is owed grows old.

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { must } from '../../../src/base/must.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import type { Declarations } from '../../../src/sync/core/run.ts';
import type { PracticeTx, Database } from '../../store/database.ts';
import { STORED_COLUMNS, toStoredRow } from '../../store/stored-row.ts';
import type { StoredColumns } from '../../store/stored-row.ts';
import type { PracticeState, Shapes, Store } from '../../store/store.ts';

export interface ClockParts {
  readonly database: Database;
  readonly store: Store;
  readonly declared: Declarations;
  readonly shapes: Shapes;
  now(): Date;
  /** Hears of rows that the server has written by itself; `isGrant`: who may read what has changed with them. */
  onRows(practice: PracticeState, spaces: ReadonlySet<string>, isGrant?: boolean): void;
}

/** A row as it is to be; `null` where it is not to be there. */
export interface Wanted {
  readonly type: string;
  readonly id: string;
  readonly space: string;
  readonly fields: JsonObject | null;
}

/** The practice as it stands now. */
export async function practiceAt({ database, store }: ClockParts, practiceId: string): Promise<PracticeState> {
  const found = await sql<{ slug: string }>`select slug from practice where id = ${practiceId}`.execute(database.db);
  return must((await store.practice(must(found.rows[0], 'the practice').slug)) ?? undefined, 'the practice');
}

/** Live rows of a type, all or those of which a condition on `r` holds. */
export async function rowsOf(
  { shapes }: ClockParts,
  { tx, practiceId }: { tx: PracticeTx; practiceId: string },
  { type, where = sql`true` }: { type: string; where?: RawBuilder<unknown> },
): Promise<Row[]> {
  const found = await sql<StoredColumns>`select ${STORED_COLUMNS} from row r
    where r.practice_id = ${practiceId} and r.type = ${type} and r.fields is not null and ${where}`.execute(tx);
  return found.rows.flatMap((columns) => {
    const row = toStoredRow(columns, shapes);
    return isTombstone(row) ? [] : [row];
  });
}
