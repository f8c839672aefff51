// The whole database at one moment, while others go on writing. Tables are locked against being altered before the moment is
// taken, as PostgreSQL asks of whoever reads many of them; readers and writers do not notice.

import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { StartError } from '../../start-error.ts';
import type { Database, Tables } from '../database.ts';
import { migrationsOf, refuseNewer } from '../migrate.ts';
import { readPoint } from './backup-point.ts';
import type { BackupPoint } from './backup-point.ts';
import { CopyOut } from './copy-stream.ts';
import { listTables, quoted, quotedWithColumns } from './stored-tables.ts';
import type { StoredTable } from './stored-tables.ts';

export interface Snapshot {
  readonly tables: readonly StoredTable[];
  readonly migrations: readonly string[];
  readonly point: BackupPoint;
  /** What `store/secret-mark.ts` knows the secret by; null where no server ever started. */
  readonly secretMark: string | null;
  /** The rows of a table, in PostgreSQL's text format. One table at a time. */
  copy(table: StoredTable): CopyOut;
}

/** How the text of values is written, whatever the database or the role is set to; no rows hidden by policies. */
export const COPY_SETTINGS = `set local client_encoding = 'UTF8'; set local datestyle = 'ISO, MDY';
  set local intervalstyle = 'postgres'; set local extra_float_digits = 3; set local bytea_output = 'hex';
  set local row_security = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** Runs `work` on one moment of the database. Throws StartError where it is newer than this version, or none of ours. */
export async function withSnapshot<T>(database: Database, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return withOneClient(database, async (client, db) => {
    await refuseNewer(db);
    const tables = await listTables(client);
    await client.query(`begin isolation level repeatable read read only; ${COPY_SETTINGS}`);
    if (tables.length > 0) await client.query(`lock table ${tables.map(quoted).join(', ')} in access share mode`);
    const migrations = await migrationsOf(db);
    if (migrations.length === 0) throw new StartError('There is no Interlude in this database: nothing to back up.');
    if (JSON.stringify(await listTables(client)) !== JSON.stringify(tables)) {
      throw new StartError('The database is being migrated. Try again when the server has started.');
    }
    const mark = await db.selectFrom('meta').select('value').where('key', '=', 'secret-mark').executeTakeFirst();
    const copy = (table: StoredTable) => new CopyOut(client, `copy ${quotedWithColumns(table)} to stdout`);
    const point = await readPoint(db);
    const done = await work({ tables, migrations, point, secretMark: mark?.value ?? null, copy });
    await client.query('commit');
    return done;
  });
}

/** One connection, bare and through Kysely. It is thrown away where `work` fails, with whatever was under way on it. */
export async function withOneClient<T>(
  database: Database,
  work: (client: pg.ClientBase, db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  // Told to whoever waits for an answer; without a listener Node would end the process.
  client.on('error', () => undefined);
  const one = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => one, end: async () => undefined };
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const done = await work(client, db);
    client.release();
    return done;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
