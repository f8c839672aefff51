// Databases for one test file: copies of one that was migrated once, which cost a few hundredths of a second each. Where all tests run,
// a PostgreSQL runs throughout for each worker; a file that runs alone starts one.

import { randomBytes } from 'node:crypto';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { startTestPostgres, urlOf } from './postgres.ts';
import type { PostgresPlace } from './postgres.ts';

export interface TestDatabases {
  /** A migrated database that nobody has written to. It is closed with the rest, or before: many tests’ connections are too many. */
  fresh(): Promise<Database>;
  close(database: Database): Promise<void>;
  /** Closes every database and removes them. */
  remove(): Promise<void>;
}

/** A PostgreSQL that has the migrated template, for one test file. */
export interface MigratedPostgres extends PostgresPlace {
  /** As `DATABASE_URL` says a database of it; without a name, one that nobody uses. */
  urlOf(database?: string): string;
  /** What was made in it, which goes with it. */
  readonly made: Set<string>;
  remove(): Promise<void>;
}

/** The variable with the PostgreSQLs that have the templates (`before-all.ts`), one for each worker: a JSON list of connections. */
export const MIGRATED_POSTGRES = 'MIGRATED_POSTGRES';

const MIGRATED = 'migrated';

/** Starts PostgreSQL with databases that nobody has written to. */
export async function startTestDatabases(): Promise<TestDatabases> {
  const postgres = await startMigratedPostgres();
  const opened = new Set<Database>();
  return {
    async fresh() {
      const database = await databaseLike(postgres);
      opened.add(database);
      return database;
    },
    async close(database) {
      opened.delete(database);
      await database.close();
    },
    async remove() {
      await Promise.all([...opened].map((database) => database.close()));
      await postgres.remove();
    },
  };
}

/** A PostgreSQL that has the migrated template: this worker's own, where all tests run, or a new one. */
export async function startMigratedPostgres(): Promise<MigratedPostgres> {
  const shared = JSON.parse(process.env[MIGRATED_POSTGRES] ?? '[]') as PostgresPlace['connection'][];
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 1);
  const connection = shared[(worker - 1) % shared.length];
  if (connection !== undefined) return migratedIn({ connection }, dropAll);
  const postgres = await startTestPostgres();
  await makeMigratedTemplate(postgres);
  return migratedIn(postgres, () => postgres.remove());
}

/** Makes the migrated template, once. */
export function makeMigratedTemplate(postgres: PostgresPlace): Promise<void> {
  return makeTemplate(postgres, MIGRATED, ({ db }) => migrate(db));
}

function migratedIn({ connection }: PostgresPlace, remove: (postgres: MigratedPostgres) => Promise<void>) {
  const postgres: MigratedPostgres = {
    connection,
    urlOf: (database = connection.database) => urlOf({ ...connection, database }),
    made: new Set(),
    remove: () => remove(postgres),
  };
  return postgres;
}

function dropAll(postgres: MigratedPostgres): Promise<void> {
  return dropDatabases(postgres, postgres.made);
}

/** Drops databases, whoever is connected to them. */
export function dropDatabases(postgres: PostgresPlace, names: Iterable<string>): Promise<void> {
  return inHouse(postgres, async ({ pool }) => {
    for (const name of names) await pool.query(`drop database if exists ${name} with (force)`);
  });
}

/** Makes a database with all that a template has, which nobody is connected to; its name. */
export async function copyDatabase(postgres: PostgresPlace, template: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await inHouse(postgres, async ({ pool }) => {
    await pool.query(`create database ${name} template ${template}`);
    // No power fails under these: what outlives a kill is tested on PostgreSQLs of their own. A third of the time was waiting for a disk.
    await pool.query(`alter database ${name} set synchronous_commit to off`);
  });
  return name;
}

/** A new database with all that a template of this PostgreSQL has; its owner closes it. */
export async function databaseLike(postgres: MigratedPostgres, template = MIGRATED): Promise<Database> {
  const name = await copyDatabase(postgres, template);
  postgres.made.add(name);
  return connect(postgres, name);
}

/** Makes a template of this name, once. */
export async function makeTemplate(
  postgres: PostgresPlace,
  name: string,
  fill: (database: Database) => Promise<unknown>,
): Promise<void> {
  const isThere = await inHouse(postgres, async ({ pool }) => {
    const found = await pool.query('select from pg_database where datname = $1', [name]);
    const hasMigrated = await pool.query('select from pg_database where datname = $1', [MIGRATED]);
    if (found.rowCount === 0)
      await pool.query(`create database ${name}${hasMigrated.rowCount ? ` template ${MIGRATED}` : ''}`);
    return found.rowCount !== 0;
  });
  if (isThere) return;
  const template = connect(postgres, name);
  await fill(template);
  await template.close();
}

const connect = (postgres: PostgresPlace, database: string): Database =>
  openDatabase({ ...postgres.connection, database, max: 8 });

async function inHouse<T>(postgres: PostgresPlace, work: (house: Database) => Promise<T>): Promise<T> {
  // Not in the database of the connection, which may be the one to copy.
  const house = openDatabase({ ...postgres.connection, database: 'postgres', max: 1 });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
