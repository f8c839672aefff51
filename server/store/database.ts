// The connection to PostgreSQL: one pool, typed tables, and the wall. Code that serves a practice runs inside `inPractice`,
// as a role that row-level security binds; only set-up, migrations and finding a person's memberships run outside it.

import { Kysely, PostgresDialect, sql } from 'kysely';
import type { ColumnType, Transaction } from 'kysely';
import pg from 'pg';
import type { JsonObject } from '../../src/base/json.ts';

type Version = ColumnType<number, number, number>;

export interface Tables {
  meta: { key: string; value: string };
  practice: {
    id: string;
    slug: string;
    version: Version;
    relations_version: Version;
    horizon: Version;
    backed_up_through: Version;
  };
  sealing_key: {
    practice_id: string;
    key_id: string;
    public_key: string;
    sealed_private: Buffer;
    created_at: ColumnType<Date, never, never>;
    retired_at: Date | null;
  };
  row: {
    practice_id: string;
    type: string;
    id: string;
    space: string;
    version: Version;
    schema_version: number;
    by: string;
    device: string | null;
    received_at: Date;
    changed_at: Date;
    fields: ColumnType<JsonObject | null, string | null, string | null>;
    heads: ColumnType<JsonObject | null, string | null, string | null>;
  };
  relation: {
    practice_id: string;
    object: string;
    relation: string;
    subject: string;
    source_type: string;
    source_id: string;
  };
  ledger: {
    practice_id: string;
    member_id: string;
    device: string;
    n: Version;
    mid: string;
    result: ColumnType<JsonObject, string, string>;
    at: ColumnType<Date, never, never>;
  };
  device: { practice_id: string; member_id: string; id: string; cursor: Version; seen_at: Date };
  file: {
    practice_id: string;
    id: string;
    space: string;
    bytes: Version;
    by: string;
    created_at: ColumnType<Date, Date | undefined, never>;
    /** Null while nobody has looked at it. */
    looked_at: ColumnType<Date | null, never, Date>;
    fault: ColumnType<string | null, never, string | null>;
  };
  upload: {
    practice_id: string;
    id: string;
    by: string;
    file: string;
    space: string;
    bytes: Version;
    created_at: ColumnType<Date, Date | undefined, never>;
  };
}

export interface Database {
  readonly pool: pg.Pool;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

export type PracticeTx = Transaction<Tables>;

/** How long a practice's work may wait for a lock, or for one statement: then it is weather, and asked for again. */
export const PATIENCE = { lockMs: 15_000, statementMs: 30_000 } as const;

const BIGINT = 20;

/** Opens a pool. Integers of 64 bits come back as numbers: commit numbers stay far below 2^53. */
export function openDatabase(config: pg.PoolConfig): Database {
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === BIGINT
        ? (text: string) => Number(text)
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({ max: 20, ...config, types });
  // A dropped connection is weather: the pool opens another, and whoever used it learns of it by his next query. It also
  // breaks between two queries of a transaction, where only the connection hears it. Unheard it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => void connection.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    // Kysely ends a pool only where it was asked anything through Kysely.
    if (!pool.ending) await pool.end();
  };
  return { pool, db, close };
}

type Work<T> = (tx: PracticeTx) => Promise<T>;

/** Runs `work` in one transaction that sees and writes only this practice, even where a query forgets to say which. */
export async function inPractice<T>(database: Database, practiceId: string, work: Work<T>): Promise<T> {
  const transaction = database.db.transaction().setIsolationLevel('read committed');
  return transaction.execute((tx) => behindTheWall(tx, practiceId, work));
}

/** As `inPractice`, with every query at the same moment. */
export async function inPracticeSnapshot<T>(database: Database, practiceId: string, work: Work<T>): Promise<T> {
  const transaction = database.db.transaction().setIsolationLevel('repeatable read');
  return transaction.execute((tx) => behindTheWall(tx, practiceId, work));
}

async function behindTheWall<T>(tx: PracticeTx, practiceId: string, work: Work<T>): Promise<T> {
  // In one statement: each costs a way to the database and back, in every transaction.
  await sql`select set_config('interlude.practice', ${practiceId}, true),
    set_config('lock_timeout', ${String(PATIENCE.lockMs)}, true),
    set_config('statement_timeout', ${String(PATIENCE.statementMs)}, true),
    set_config('role', 'interlude_app', true)`.execute(tx);
  return work(tx);
}

/** Runs `work` in one transaction that sees only the tuples of this person's own memberships, in every practice. */
export async function asUser<T>(database: Database, userId: string, work: (tx: PracticeTx) => Promise<T>): Promise<T> {
  return database.db.transaction().execute(async (tx) => {
    await sql`select set_config('interlude.user', ${userId}, true), set_config('role', 'interlude_app', true)`.execute(
      tx,
    );
    return work(tx);
  });
}
