// Brings the database to the shape this code expects. Each migration is one transaction, entered in the list of what has
// run in that same transaction, so that a start killed half-way goes on where it stopped. One process at a time: the
// migrator holds an advisory lock. Runs as the connection's own role, outside of any practice.

import { Migrator, sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';
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

async function refuseNewer<Tables>(db: Kysely<Tables>, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const exists = await sql<{ found: boolean }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (exists.rows[0]?.found !== true) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const unknown = rows.filter(({ name }) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return;
  throw new StartError(
    `The database is newer than this version of Interlude (it holds ${unknown.map(({ name }) => name).join(', ')}). ` +
      'Start the version that made it, or a later one.',
  );
}
