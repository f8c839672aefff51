import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import type { Database } from '../database.ts';
import { withOneClient } from './snapshot.ts';
import { listTables, nameOf } from './stored-tables.ts';

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
});
afterAll(() => databases?.remove());

const names = () => withOneClient(database, async (client) => (await listTables(client)).map(nameOf));

// Whoever adds such a thing to a migration has to teach backup and restore about it.
test('migrations make nothing that a backup does not carry or a restore does not clear away', async () => {
  const { rows } = await database.pool.query(`
    select 'relation ' || relkind::text as kind, relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where n.nspname in ('public', 'identity') and relkind not in ('r', 'i')
    union all select 'function', proname from pg_proc p join pg_namespace n on n.oid = pronamespace
      where n.nspname = 'public'
    union all select 'type', typname from pg_type t join pg_namespace n on n.oid = typnamespace
      where n.nspname = 'public' and typrelid = 0 and typcategory <> 'A'
    union all select 'trigger', tgname from pg_trigger where not tgisinternal
    union all select 'large object', oid::text from pg_largeobject_metadata`);
  expect(rows).toEqual([]);
});

test('a table comes after those that it refers to; the migrator’s own are left out; later ones are found', async () => {
  await database.pool.query(`create schema later; create table later.a (id int primary key);
    create table a (id int primary key, up int references a, b int references later.a, c int generated always as (id + 1) stored)`);
  const all = await names();
  expect(all).toEqual(expect.arrayContaining(['identity.session', 'public.row', 'public.practice', 'later.a']));
  expect(all.filter((name) => name.includes('kysely'))).toEqual([]);
  for (const [first, then] of [
    ['public.practice', 'public.row'],
    ['identity.user', 'identity.session'],
    ['later.a', 'public.a'],
  ]) {
    expect(all.indexOf(first ?? '')).toBeLessThan(all.indexOf(then ?? ''));
  }
  const made = await withOneClient(database, listTables);
  expect(made.find((table) => nameOf(table) === 'public.a')?.columns).toEqual(['id', 'up', 'b']);
});

test('a circle of references is a bug that is told', async () => {
  await database.pool.query(`create table x (id int primary key); create table y (id int primary key references x);
    alter table x add foreign key (id) references y`);
  await expect(names()).rejects.toThrow('in a circle');
});
