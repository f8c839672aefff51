// One wall at a time (faults.md P16): row-level security with every filter of ours left out, then our filters with row-level
// security switched off.

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { asUser, inPractice } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import { createPgStore } from './pg-store.ts';
import { storeContract } from './store-contract.ts';

let databases: TestDatabases;
let database: Database;
const [ours, theirs] = [newId(), newId()] as const;
const MARKER = 'zq-harbor-secret';

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
  for (const [id, slug] of [
    [ours, 'willow'],
    [theirs, 'harbor'],
  ] as const) {
    await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, slug]);
    for (const insert of insertsFor(id)) await insert.execute(database.db);
  }
});
afterAll(() => databases.remove());

/** One row in every table that belongs to a practice. */
function insertsFor(practiceId: string) {
  const words = practiceId === theirs ? MARKER : 'ours';
  const subject = practiceId === theirs ? 'user:bo' : 'user:ana';
  return [
    sql`insert into sealing_key (practice_id, key_id, public_key, sealed_private) values (${practiceId}, 'k', ${words}, ''::bytea)`,
    sql`insert into row (practice_id, type, id, space, version, schema_version, by, received_at, changed_at, fields)
      values (${practiceId}, 'thing', ${newId()}, 's', 1, 1, ${newId()}, now(), now(), ${JSON.stringify({ words })}::jsonb)`,
    sql`insert into relation (practice_id, object, relation, subject, source_type, source_id)
      values (${practiceId}, 'member:m', 'user', ${subject}, 'member', ${newId()}),
        (${practiceId}, 'client:c', 'self', 'member:m', 'client', ${newId()})`,
    sql`insert into ledger (practice_id, member_id, device, n, mid, result)
      values (${practiceId}, ${newId()}, ${newId()}, 1, ${newId()}, ${JSON.stringify({ words })}::jsonb)`,
    sql`insert into device (practice_id, member_id, id) values (${practiceId}, ${newId()}, ${newId()})`,
    sql`insert into file (practice_id, id, space, bytes, by) values (${practiceId}, ${'a'.repeat(64)}, ${words}, 1, ${newId()})`,
    sql`insert into upload (practice_id, id, by, file, space, bytes)
      values (${practiceId}, ${'b'.repeat(64)}, ${newId()}, ${'a'.repeat(64)}, ${words}, 1)`,
    sql`insert into doc (practice_id, name, kind, row_id, space) values (${practiceId}, ${`d:${words}`}, 'd', ${newId()}, ${words})`,
    sql`insert into doc_update (practice_id, name, seq, update, by, user_id, session, claims, at, salt, digest)
      values (${practiceId}, ${`d:${words}`}, 1, ${words}, ${newId()}, 'u', 's', '{}', now(), '', '')`,
    sql`insert into doc_snapshot (practice_id, name, seq, update, clients, digest, sum)
      values (${practiceId}, ${`d:${words}`}, 1, ${words}, '[]', '', '')`,
    sql`insert into automatic_cursor values (${practiceId}, 1)`,
    sql`insert into automatic_message (practice_id, id, cause, source, client, kind, body, state, at)
      values (${practiceId}, ${newId()}, 'welcome', ${newId()}, ${newId()}, 'care-team', ${words}, 'waiting', now())`,
    sql`insert into doc_refusal (practice_id, day, member_id, document, code, session, count, first_at, last_at)
      values (${practiceId}, now(), ${newId()}, ${`d:${words}`}, 'c', 's', 1, now(), now())`,
  ];
}

const WALLED = [
  'sealing_key',
  'row',
  'relation',
  'ledger',
  'device',
  'file',
  'upload',
  'doc',
  'doc_update',
  'doc_snapshot',
  'automatic_cursor',
  'automatic_message',
  'doc_refusal',
];

/** What the database said to one statement, in a transaction of its own. */
async function said(statement: string, run: (work: (tx: PracticeTx) => Promise<string>) => Promise<string>) {
  return run(async (tx) => {
    const done = await sql.raw(statement).execute(tx);
    return String(done.numAffectedRows ?? done.rows.length);
  }).catch((error: { code?: string }) => `error ${error.code}`);
}
const asOurs = (statement: string) => said(statement, (work) => inPractice(database, ours, work));
const REFUSED = 'error 42501';

describe('row-level security alone', () => {
  test('is on for every table that has a practice', async () => {
    const { rows } = await database.pool.query<{ name: string; walled: boolean }>(`
      select c.relname as name, c.relrowsecurity as walled from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and a.attname = 'practice_id' and not a.attisdropped`);
    expect(rows.filter((row) => !row.walled)).toEqual([]);
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(WALLED));
  });

  test.each(WALLED)('%s: reads, changes and removes only the own rows', async (table) => {
    const own = table === 'relation' ? 2 : 1;
    expect(await asOurs(`select * from ${table}`)).toBe(String(own));
    expect(await asOurs(`select * from ${table} where practice_id = '${theirs}'`)).toBe('0');
    expect(await asOurs(`update ${table} set practice_id = practice_id where practice_id = '${theirs}'`)).toBe('0');
    expect(await asOurs(`update ${table} set practice_id = '${theirs}'`)).toBe(REFUSED);
    expect(await asOurs(`delete from ${table} where practice_id = '${theirs}'`)).toBe('0');
    const { rows } = await sql`select * from ${sql.ref(table)} where practice_id = ${theirs}`.execute(database.db);
    expect(rows).toHaveLength(own);
  });

  test.each(insertsFor(theirs).map((insert, i) => [WALLED[i] ?? '', insert] as const))(
    '%s: nothing is put into another practice',
    async (_, insert) => {
      const outcome = inPractice(database, ours, (tx) => insert.execute(tx));
      await expect(outcome).rejects.toMatchObject({ code: '42501' });
    },
  );

  test('practice: only the own one is seen and changed, none is made or removed', async () => {
    expect(await asOurs('select * from practice')).toBe('1');
    expect(await asOurs(`update practice set version = 9 where id = '${theirs}'`)).toBe('0');
    expect(await asOurs(`update practice set id = '${newId()}'`)).not.toBe('1');
    expect(await asOurs(`insert into practice (id, slug) values ('${newId()}', 'third')`)).toBe(REFUSED);
    expect(await asOurs(`delete from practice where id = '${theirs}'`)).toBe(REFUSED);
  });

  test('meta is read, never written', async () => {
    expect(await asOurs('select * from meta')).not.toBe('0');
    expect(await asOurs(`update meta set value = 'x'`)).toBe(REFUSED);
  });

  test('without a practice nothing is seen', async () => {
    for (const table of [...WALLED, 'practice']) {
      expect(await said(`select * from ${table}`, (work) => asUser(database, 'nobody', work))).toBe('0');
    }
  });

  test('a person sees his own memberships in every practice, and of them nothing but that', async () => {
    const asAna = (statement: string) => said(statement, (work) => asUser(database, 'ana', work));
    const rows = await asUser(database, 'ana', (tx) => tx.selectFrom('relation').selectAll().execute());
    expect(rows.map((row) => [row.practice_id, row.relation, row.subject])).toEqual([[ours, 'user', 'user:ana']]);
    for (const table of WALLED.filter((name) => name !== 'relation'))
      expect(await asAna(`select * from ${table}`)).toBe('0');
    expect(await asAna(`update relation set subject = 'user:bo'`)).toBe('0');
    expect(await asAna('delete from relation')).toBe('0');
    const grant = `insert into relation values ('${ours}', 'practice', 'owner', 'member:m', 'member', '${newId()}')`;
    expect(await asAna(grant)).toBe(REFUSED);
  });
});

describe('our own filters alone', () => {
  let open: Database;
  beforeAll(async () => {
    open = await databases.fresh();
    for (const table of [...WALLED, 'practice'])
      await sql`alter table ${sql.ref(table)} disable row level security`.execute(open.db);
  });

  storeContract(async () => ({
    store: createPgStore(open),
    addPractice: async ({ id, slug }) => {
      await open.pool.query('insert into practice (id, slug) values ($1, $2)', [id, slug]);
    },
  }));
});
