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

/** The variable with the data folder of a PostgreSQL that has the migrated template (`before-all.ts`). */
export const MIGRATED_POSTGRES = 'MIGRATED_POSTGRES';

const TEMPLATE = 'migrated';

/** Starts PostgreSQL with the migrated template: a copy of the one that was made for this run, or a new one. */
export async function startTestDatabases(): Promise<TestDatabases> {
  const made = process.env[MIGRATED_POSTGRES];
  const postgres = await startTestPostgres(made);
  const connect = connectorOf(postgres);
  const house = connect(postgres.running.connection.database);
  if (made === undefined) await makeTemplate(house, connect);
  const opened = new Set([house]);
  return {
    async fresh() {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await house.pool.query(`create database ${name} template ${TEMPLATE}`);
      // No power fails under these: what outlives a kill is tested on PostgreSQLs of their own. A third of the time was waiting for a disk.
      await house.pool.query(`alter database ${name} set synchronous_commit to off`);
      const database = connect(name);
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

/** Makes a PostgreSQL with the migrated template and stops it; its data folder is the caller's to remove (`removeDataDir`). */
export async function migratedPostgres(): Promise<string> {
  const postgres = await startTestPostgres();
  const connect = connectorOf(postgres);
  const house = connect(postgres.running.connection.database);
  await makeTemplate(house, connect);
  await house.close();
  await postgres.stop();
  return postgres.dataDir;
}

type Connect = (database: string) => Database;

const connectorOf =
  (postgres: TestPostgres): Connect =>
  (database) =>
    openDatabase({ ...postgres.running.connection, database, max: 8 });

async function makeTemplate(house: Database, connect: Connect): Promise<void> {
  await house.pool.query(`create database ${TEMPLATE}`);
  const template = connect(TEMPLATE);
  await migrate(template.db);
  await template.close();
}
