// Databases for one test file: one PostgreSQL, migrated once, and copies of it that cost a few hundredths of a second.

import { randomBytes } from 'node:crypto';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { startTestPostgres } from './postgres.ts';
import type { TestPostgres } from './postgres.ts';

export interface TestDatabases {
  /** A migrated database that nobody has written to. It is closed with the rest, or before: many tests’ connections are too many. */
  fresh(): Promise<Database>;
  close(database: Database): Promise<void>;
  /** Closes every database and removes the PostgreSQL. */
  remove(): Promise<void>;
}

/** The variable with the data folder of a PostgreSQL that has the templates (`before-all.ts`). */
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

/** Starts a PostgreSQL that has the migrated template: a copy of the one that was made for this run, or a new one. */
export async function startMigratedPostgres(): Promise<TestPostgres> {
  const made = process.env[MIGRATED_POSTGRES];
  const postgres = await startTestPostgres(made);
  if (made === undefined) await makeTemplate(postgres, MIGRATED, ({ db }) => migrate(db));
  return postgres;
}

/** A new database with all that a template of this PostgreSQL has; its owner closes it. */
export async function databaseLike(postgres: TestPostgres, template = MIGRATED): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await inHouse(postgres, async ({ pool }) => {
    await pool.query(`create database ${name} template ${template}`);
    // No power fails under these: what outlives a kill is tested on PostgreSQLs of their own. A third of the time was waiting for a disk.
    await pool.query(`alter database ${name} set synchronous_commit to off`);
  });
  return connect(postgres, name);
}

/** Makes a template of this name, once. */
export async function makeTemplate(
  postgres: TestPostgres,
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

const connect = (postgres: TestPostgres, database: string): Database =>
  openDatabase({ ...postgres.running.connection, database, max: 8 });

async function inHouse<T>(postgres: TestPostgres, work: (house: Database) => Promise<T>): Promise<T> {
  const house = openDatabase({ ...postgres.running.connection, max: 1 });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
