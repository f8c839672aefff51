import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';
import { withSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { nameOf } from './stored-tables.ts';

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases?.remove());

beforeEach(async () => {
  database = await databases.fresh();
});

const addPractice = (slug: string) =>
  database.pool.query('insert into practice (id, slug, version) values ($1, $2, 3)', [newId(), slug]);

async function slugsIn(snapshot: Snapshot): Promise<string[]> {
  const practice = must(
    snapshot.tables.find((table) => nameOf(table) === 'public.practice'),
    'the table',
  );
  const pieces: Buffer[] = [];
  for await (const piece of snapshot.copy(practice)) pieces.push(piece as Buffer);
  const lines = Buffer.concat(pieces).toString().split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t')[1] ?? '');
}

test('what is committed while it is read is in none of its tables', async () => {
  await addPractice('before');
  await withSnapshot(database, async (snapshot) => {
    await addPractice('meanwhile');
    expect(await slugsIn(snapshot)).toEqual(['before']);
    await database.pool.query('delete from practice');
    expect(await slugsIn(snapshot)).toEqual(['before']);
    expect(Object.values(snapshot.point.versions)).toEqual([3]);
  });
  expect((await database.pool.query('select from practice')).rows).toEqual([]);
});

test('a migration waits until it was read', async () => {
  await withSnapshot(database, async (snapshot) => {
    const client = await database.pool.connect();
    await client.query(`set lock_timeout = '50ms'`);
    await expect(client.query('alter table practice add column later int')).rejects.toMatchObject({ code: '55P03' });
    client.release(true);
    expect(await slugsIn(snapshot)).toEqual([]);
  });
});

test('rows that policies hide are never left out unsaid', async () => {
  await addPractice('hidden');
  await database.pool.query(`create role someone login; grant usage on schema public, identity to someone;
    grant select, update on all tables in schema public, identity to someone`);
  const { options } = database.pool;
  const theirs = openDatabase({ ...options, user: 'someone' });
  await expect(withSnapshot(theirs, slugsIn)).rejects.toMatchObject({ code: '42501' });
  await theirs.close();
});
