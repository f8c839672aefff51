import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestPostgres } from '../testing/postgres.ts';
import type { TestPostgres } from '../testing/postgres.ts';
import { openDatabase } from './database.ts';
import type { Database, Tables } from './database.ts';
import { migrate } from './migrate.ts';
import { slowMigrations } from './migrate.fixture.ts';
import { MIGRATIONS } from './migrations.ts';

let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.remove());

beforeEach(async () => {
  database = openDatabase({ ...postgres.running.connection, ssl: false });
  await sql`drop schema public cascade`.execute(database.db);
  await sql`create schema public`.execute(database.db);
});
afterEach(() => database.close());

async function tablesOf(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by 1`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

it('brings an empty database to what the code expects, once', async () => {
  expect(await migrate(database.db)).toEqual(Object.keys(MIGRATIONS));
  expect(await tablesOf(database.db)).toEqual(
    expect.arrayContaining(['ledger', 'meta', 'practice', 'relation', 'row']),
  );
  expect(await migrate(database.db)).toEqual([]);
});

it('runs each migration once when several start at the same time', async () => {
  const ran = await Promise.all(
    [1, 2, 3].map(() =>
      migrate(
        database.db,
        slowMigrations(0.1, () => undefined),
      ),
    ),
  );
  expect(ran.flat().sort()).toEqual(['0001-first', '0002-second', '0003-third']);
});

it('goes on where a killed start stopped', async () => {
  const { host } = postgres.running.connection;
  const args = ['--import', 'tsx', `${import.meta.dirname}/migrate.fixture.ts`, host, '60'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(said)).toBe('middle\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await tablesOf(database.db)).toEqual(['first']);

  expect(
    await migrate(
      database.db,
      slowMigrations(0, () => undefined),
    ),
  ).toEqual(['0002-second', '0003-third']);
  expect(await tablesOf(database.db)).toEqual(['first', 'second', 'third']);
  const { rows } = await sql<{ count: number }>`select count(*) from second`.execute(database.db);
  expect(rows).toEqual([{ count: 1 }]);
});

it('keeps what a migration before the failing one did, and names the failure', async () => {
  const { '0001-first': first } = slowMigrations(0, () => undefined);
  const broken = {
    up: (db: Kysely<unknown>) => sql`create table half (id int); select 1 / 0`.execute(db).then(() => undefined),
  };
  await expect(migrate(database.db, { '0001-first': first ?? broken, '0002-broken': broken })).rejects.toThrow(
    /division/,
  );
  expect(await tablesOf(database.db)).toEqual(['first']);
});

it('does not mind a clock that was set back between two migrations', async () => {
  const migrations = slowMigrations(0, () => undefined);
  await migrate(database.db, migrations);
  await sql`update kysely_migration set timestamp = '2001-01-01T00:00:00.000Z' where name = '0003-third'`.execute(
    database.db,
  );
  expect(await migrate(database.db, migrations)).toEqual([]);
});

it('refuses a database that is newer than the code, and leaves it alone', async () => {
  const { '0001-first': first, ...later } = slowMigrations(0, () => undefined);
  await migrate(database.db, { '0001-first': first ?? { up: async () => undefined }, ...later });
  const known = { '0001-first': first ?? { up: async () => undefined }, '0001-other': { up: async () => undefined } };
  await expect(migrate(database.db, known)).rejects.toThrow(/newer than this version.*0002-second, 0003-third/s);
  expect(await tablesOf(database.db)).toEqual(['first', 'second', 'third']);
});
