// Brings the database to the shape this code expects. Each migration is one transaction, entered in the list of what has
// run in that same transaction, so that a start killed half-way goes on where it stopped. One process at a time: the
// migrator holds an advisory lock. Runs as the connection's own role, outside of any practice.

import { Migrator, sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';
import { must } from '../../src/base/must.ts';
import { StartError } from '../start-error.ts';
import { MIGRATIONS } from './migrations.ts';

/** Runs what is missing, in order of name, and returns the names of what ran. Throws StartError where the database is newer. */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => watched(migrations) },
    // Kysely orders what has run by clock time; a clock that was once set back must not stop a start.
    allowUnorderedMigrations: true,
  });
  const ran: string[] = [];
  for (;;) {
    await refuseNewer(db, migrations);
    // One step is one transaction; the next looks anew, since another process may have been faster.
    const { error, results } = await migrator.migrateUp();
    // oxlint-disable-next-line typescript/only-throw-error -- what the step threw, as it was
    if (error !== undefined) throw error;
    if (results === undefined || results.length === 0) return ran;
    ran.push(...results.map((result) => result.migrationName));
  }
}

/** A backend whose server was killed must end soon, or the next start waits for a lock held by nobody. */
function watched(migrations: Readonly<Record<string, Migration>>): Record<string, Migration> {
  const entries = Object.entries(migrations).map(([name, { up }]): [string, Migration] => [
    name,
    {
      up: async (db) => {
        await sql`set local client_connection_check_interval = '500ms'`.execute(db);
        await up(db);
      },
    },
  ]);
  return Object.fromEntries(entries);
}

/** The names of what has run, in order; none where nothing ever did. */
export async function migrationsOf<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const exists = await sql<{ found: boolean }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (exists.rows[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Throws StartError where migrations have run that this code does not know. */
export async function refuseNewer<Tables>(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const unknown = (await migrationsOf(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return;
  throw new StartError(
    `The database is newer than this version of Interlude (it holds ${unknown.join(', ')}). ` +
      'Start the version that made it, or a later one.',
  );
}

/**
 * Runs migrations by name in the caller's own transaction, which the migrator cannot join: the list of what has run is made
 * and kept as the migrator does it, so that it goes on from there.
 */
export async function migrateWithin<Tables>(tx: Kysely<Tables>, names: readonly string[]): Promise<void> {
  await sql`create table if not exists kysely_migration (
    name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(tx);
  await sql`create table if not exists kysely_migration_lock (
    id varchar(255) not null primary key, is_locked integer not null default 0)`.execute(tx);
  await sql`insert into kysely_migration_lock values ('migration_lock', 0) on conflict do nothing`.execute(tx);
  for (const name of names) {
    await must(MIGRATIONS[name], 'a migration of this name').up(tx);
    await sql`insert into kysely_migration values (${name}, ${new Date().toISOString()})`.execute(tx);
  }
}
