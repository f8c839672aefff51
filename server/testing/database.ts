// Databases for one test file: one PostgreSQL, migrated once, and copies of it that cost a few hundredths of a second.

import { randomBytes } from 'node:crypto';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { startTestPostgres } from './postgres.ts';

export interface TestDatabases {
  /** A migrated database that nobody has written to. It is closed with the rest, or before: many tests’ connections are too many. */
  fresh(): Promise<Database>;
  close(database: Database): Promise<void>;
  /** Closes every database and removes the PostgreSQL. */
  remove(): Promise<void>;
}

const TEMPLATE = 'migrated';

/** Starts PostgreSQL and migrates the template. */
export async function startTestDatabases(): Promise<TestDatabases> {
  const postgres = await startTestPostgres();
  const connect = (database: string) => openDatabase({ ...postgres.running.connection, database, max: 8 });
  const house = connect(postgres.running.connection.database);
  await house.pool.query(`create database ${TEMPLATE}`);
  const template = connect(TEMPLATE);
  await migrate(template.db);
  await template.close();
  const opened = new Set([house]);
  return {
    async fresh() {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await house.pool.query(`create database ${name} template ${TEMPLATE}`);
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
