import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Database } from './database.ts';
import { EMPTY_LOG } from './doc-log.ts';
import { docLogContract } from './doc-log-contract.ts';
import { createPgDocLog } from './pg-doc-log.ts';
import { createPgStore } from './pg-store.ts';

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
});
afterAll(() => databases.remove());

const addPractice = async ({ id, slug }: { id: string; slug: string }) => {
  await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, slug]);
};

describe('the log of documents on PostgreSQL', () => {
  docLogContract(async () => ({ log: createPgDocLog(database), store: createPgStore(database), addPractice }));
});

describe('a log that was tampered with (faults.md R24)', () => {
  const name = `d:${newId()}`;
  const [by, at] = [newId(), '2026-03-04T05:06:07.089Z'];

  async function four(snapshotAt?: number) {
    const log = createPgDocLog(database);
    const id = newId();
    await addPractice({ id, slug: `p-${id.slice(-12)}` });
    const place = { name, kind: 'd', row: newId(), space: 's' };
    const updates = ['a', 'b', 'c', 'd'].map((text) => ({
      ...{ update: Buffer.from(text), by, userId: 'u', session: 's', claims: [1], at },
    }));
    await log.append(id, [{ place, expected: EMPTY_LOG, updates }]);
    if (snapshotAt !== undefined) {
      const { rows } = await database.pool.query<{ digest: Buffer }>(
        'select digest from doc_update where practice_id = $1 and seq = $2',
        [id, snapshotAt],
      );
      const digest = rows[0]?.digest ?? Buffer.alloc(0);
      await log.saveSnapshot(id, name, { seq: snapshotAt, digest, update: Buffer.from('ab'), clients: [] });
    }
    const spoil = (statement: string) => database.pool.query(`${statement} and practice_id = '${id}'`);
    return { log, id, spoil };
  }

  test.each([
    ['a changed byte', `update doc_update set update = 'X' where seq = 3`, 2],
    ['another author', `update doc_update set user_id = 'v' where seq = 2`, 1],
    ['another client id', `update doc_update set claims = '{2}' where seq = 2`, 1],
    ['another time', `update doc_update set at = at + interval '1 s' where seq = 4`, 3],
    ['one left out', `delete from doc_update where seq = 2`, 1],
    ['the last one gone', `delete from doc_update where seq = 4`, 3],
    ['two in each other’s place', `update doc_update set seq = 7 - seq where seq in (3, 4)`, 2],
  ])('%s: the good prefix is read, and nothing else', async (_, statement, good) => {
    const { log, id, spoil } = await four();
    if (statement.includes('7 - seq')) {
      await spoil('update doc_update set seq = seq + 10 where seq in (3, 4)');
      await spoil('update doc_update set seq = 17 - seq where seq in (13, 14)');
    } else await spoil(statement);
    const loaded = await log.load(id, name);
    expect(loaded).toMatchObject({ isBroken: true, end: { seq: good } });
    expect(loaded.updates).toHaveLength(good);
    const [tail] = await log.tails(id, [{ name, after: 0 }], 1000);
    expect(tail?.updates).toHaveLength(good);
    expect(tail?.more).toBe(false);
  });

  test('a damaged snapshot is left aside', async () => {
    const { log, id, spoil } = await four(2);
    expect((await log.load(id, name)).updates).toHaveLength(2);
    await spoil(`update doc_snapshot set update = 'x' where true`);
    expect(await log.load(id, name)).toMatchObject({ isBroken: false, snapshot: null, end: { seq: 4 } });
    const [tail] = await log.tails(id, [{ name, after: 0 }], 1000);
    expect(tail).toMatchObject({ seq: 4, snapshot: null, more: false });
    expect(tail?.updates).toHaveLength(4);
  });
});
