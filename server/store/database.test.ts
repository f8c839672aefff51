import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());

test('a connection that dies in the middle of a transaction fails it, and nothing else', async () => {
  const database = await databases.fresh();
  const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`;
  const cut = database.db.transaction().execute(async (tx) => {
    const { rows } = await backend.execute(tx);
    const gone = rows[0]?.pid;
    await database.pool.query('select pg_terminate_backend($1, 5000)', [gone]);
    // Its end is heard of while no query waits for an answer.
    await new Promise((resolve) => setImmediate(resolve));
    await backend.execute(tx);
  });
  await expect(cut).rejects.toThrow();
  expect((await backend.execute(database.db)).rows).toHaveLength(1);
});
