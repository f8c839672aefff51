// Puts the contents of a backup in the place of whatever a database holds, in one transaction: emptying, migrating, loading
// and the new epoch. Killed or failing at any point, the database is what it was; nobody is ever served a half of it.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { StartError } from '../../start-error.ts';
import type { Database, Tables } from '../database.ts';
import { migrateWithin, migrationsOf } from '../migrate.ts';
import { MIGRATIONS } from '../migrations.ts';
import { copyIn } from './copy-stream.ts';
import { COPY_SETTINGS, withOneClient } from './snapshot.ts';
import { listSchemas, listTables, nameOf, quoted, quotedWithColumns } from './stored-tables.ts';
import type { StoredTable } from './stored-tables.ts';

export interface Contents {
  /** What had run when it was taken; all known to this code. */
  readonly migrations: readonly string[];
  /** Each after those that it refers to. */
  readonly tables: readonly (StoredTable & { readonly rows: number })[];
  read(table: StoredTable): AsyncIterable<Uint8Array>;
}

/** One that has just been closed is still there for a moment. */
const LEAVING_MS = 2000;
const LOOK_MS = 50;

/** What a database holds before a restore. */
export type Ground = 'empty' | 'practices' | 'foreign';

export async function groundOf(database: Database): Promise<Ground> {
  return withOneClient(database, async (client, db) => {
    const tables = (await listTables(client)).map(nameOf);
    if (tables.length === 0) return 'empty';
    if ((await migrationsOf(db)).length === 0) return 'foreign';
    for (const table of ['public.practice', 'identity.user'].filter((name) => tables.includes(name))) {
      const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(db);
      if (rows.length > 0) return 'practices';
    }
    return 'empty';
  });
}

/**
 * Restores whole or not at all; gives the new epoch. `settle` runs last in the transaction, over what was loaded; where it
 * throws nothing has changed. Throws StartError where somebody else is connected: a server must not see it change.
 */
export async function rebuild(
  database: Database,
  contents: Contents,
  settle: (tx: Kysely<Tables>) => Promise<void>,
): Promise<string> {
  return withOneClient(database, async (client, tx) => {
    await refuseCompany(client);
    // A killed restore's connection must end soon, or the next start waits for its locks.
    await client.query(`begin; ${COPY_SETTINGS}; set local client_connection_check_interval = '500ms'`);
    await empty(client);
    await migrateWithin(tx, contents.migrations);
    for (const table of contents.tables) await load(client, contents, table);
    const later = Object.keys(MIGRATIONS).filter((name) => !contents.migrations.includes(name));
    await migrateWithin(tx, later);
    const epoch = await beginNewLife(tx);
    await client.query('analyze');
    await settle(tx);
    await client.query('commit');
    return epoch;
  });
}

async function refuseCompany(client: pg.ClientBase): Promise<void> {
  for (const until = Date.now() + LEAVING_MS; ; await delay(LOOK_MS)) {
    const { rows } = await client.query<{ others: string }>(`
      select count(*) as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`);
    if (Number(rows[0]?.others) === 0) return;
    if (Date.now() > until) break;
  }
  throw new StartError('Others are connected to this database. Stop every server and program that uses it first.');
}

async function empty(client: pg.ClientBase): Promise<void> {
  for (const schema of await listSchemas(client)) {
    await client.query(`drop schema ${pg.escapeIdentifier(schema)} cascade`);
  }
  for (const table of await listTables(client)) await client.query(`drop table ${quoted(table)} cascade`);
  await client.query('drop table if exists kysely_migration, kysely_migration_lock');
}

async function load(client: pg.ClientBase, contents: Contents, table: Contents['tables'][number]): Promise<void> {
  // Some rows are put there by the migrations themselves.
  await client.query(`delete from ${quoted(table)}`);
  const rows = await copyIn(client, `copy ${quotedWithColumns(table)} from stdin`, contents.read(table));
  if (rows !== table.rows) throw new StartError(`${nameOf(table)}: ${rows} rows came in instead of ${table.rows}.`);
}

/**
 * Devices learn from the epoch that they have to push again what came after the backup. Sign-ins end, and codes that were
 * under way: which of them have been ended or used since the backup, nobody knows any more.
 */
async function beginNewLife(tx: Kysely<Tables>): Promise<string> {
  const epoch = randomUUID();
  await tx.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  await sql`update practice set backed_up_through = version`.execute(tx);
  // What was still to be told when the backup was taken has been told since, or is known to who signs in again.
  await sql`delete from notice`.execute(tx);
  await sql`update notice_member set due_at = null`.execute(tx);
  await sql`update mail set state = 'called-off' where state = 'waiting'`.execute(tx);
  await sql`insert into notice_cursor select id, version from practice
    on conflict (practice_id) do update set through = excluded.through`.execute(tx);
  await sql`delete from identity.session`.execute(tx);
  await sql`delete from identity.verification`.execute(tx);
  await sql`delete from identity.setup_token`.execute(tx);
  return epoch;
}
