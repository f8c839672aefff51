import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type pg from 'pg';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import type { Database } from '../database.ts';
import { copyIn, CopyOut } from './copy-stream.ts';

let databases: TestDatabases;
let database: Database;
let client: pg.PoolClient;

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases?.remove());

beforeEach(async () => {
  database = await databases.fresh();
  client = await database.pool.connect();
  await client.query('create table here (n bigint, words text, raw bytea); create table there (like here)');
  return () => client.release(true);
});

const NASTY = ['', 'tab\there', 'line\nbreak\r', '\\N', '\\.', 'ما كتبته', '🫀 e\u0301', 'x'.repeat(70_000)];

test('what comes out goes in again, to the last character, and the connection can go on', async () => {
  for (const [n, words] of NASTY.entries()) {
    await client.query('insert into here values ($1, $2, $3)', [n, words, Buffer.from([0, 10, 92, 255])]);
  }
  await client.query('insert into here values (null, null, null)');
  await client.query(`insert into here select n, repeat('w', 200) from generate_series(100, 5000) n`);
  const out = new CopyOut(client, 'copy here to stdout');
  const pieces: Buffer[] = [];
  for await (const piece of out) pieces.push(piece as Buffer);
  const rows = NASTY.length + 1 + 4901;
  expect(out.rows).toBe(rows);
  expect(await copyIn(client, 'copy there from stdin', source(pieces))).toBe(rows);
  const differ = await client.query('(table here except table there) union all (table there except table here)');
  expect(differ.rows).toEqual([]);
});

test('an empty table is no rows', async () => {
  const out = new CopyOut(client, 'copy here to stdout');
  out.resume();
  await once(out, 'end');
  expect(out.rows).toBe(0);
  expect(await copyIn(client, 'copy there from stdin', source([]))).toBe(0);
});

test('a reader who does not read holds PostgreSQL back', async () => {
  const out = new CopyOut(client, `copy (select repeat('w', 1000) from generate_series(1, 100000)) to stdout`);
  await once(out, 'readable');
  const sent = async () => {
    const asked = await database.pool.query<{ waits: string | null }>(
      `select wait_event as waits from pg_stat_activity
       where query like 'copy (%' and pid <> pg_backend_pid() and datname = current_database()`,
    );
    return asked.rows[0]?.waits;
  };
  await expect.poll(sent).toBe('ClientWrite');
  expect(out.readableLength).toBeLessThan(2 ** 20);
  let bytes = 0;
  for await (const piece of out) bytes += (piece as Buffer).length;
  expect(bytes).toBe(100_000 * 1001);
});

test('a statement that PostgreSQL refuses, and a source that fails, are told; the connection can go on', async () => {
  const out = new CopyOut(client, 'copy nothing to stdout');
  await expect(once(out, 'end')).rejects.toMatchObject({ code: '42P01' });
  await expect(copyIn(client, 'copy nothing from stdin', source([]))).rejects.toMatchObject({ code: '42P01' });
  const wrong = copyIn(client, 'copy there from stdin', source([Buffer.from('not a number\tx\t\\N\n')]));
  await expect(wrong).rejects.toMatchObject({ code: '22P02' });
  const failing = copyIn(client, 'copy there from stdin', failingSource());
  await expect(failing).rejects.toThrow('the disk went away');
  expect((await client.query('select count(*) as rows from there')).rows).toEqual([{ rows: 0 }]);
});

test('a connection that ends under it is told to both', async () => {
  client.on('error', () => undefined);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const told = expect(copyIn(client, 'copy there from stdin', endlessSource())).rejects.toThrow();
  await expect
    .poll(async () => {
      const ended = await database.pool.query<{ ended: boolean }>('select pg_terminate_backend($1) as ended', [
        rows[0]?.pid,
      ]);
      return ended.rows[0]?.ended;
    })
    .toBe(true);
  await told;
});

async function* source(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    await turn();
    yield piece;
  }
}

async function* failingSource(): AsyncGenerator<Buffer> {
  yield Buffer.from('1\tx\t\\N\n');
  await turn();
  throw new Error('the disk went away');
}

async function* endlessSource(): AsyncGenerator<Buffer> {
  for (;;) {
    await turn();
    yield Buffer.from('1\tx\t\\N\n'.repeat(1000));
  }
}
