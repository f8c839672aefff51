import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Database } from './database.ts';
import { createPgNodeWire } from './node-wire.ts';

let databases: TestDatabases;
let database: Database;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  database = await databases.fresh();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A node that notes what it hears. */
function node() {
  const wire = createPgNodeWire(database);
  const heard: JsonObject[] = [];
  const seen = { heard, missed: 0, tell: (message: JsonObject) => wire.tell(message) };
  ends.push(wire.listen({ hear: (message) => void heard.push(message), missed: () => void (seen.missed += 1) }));
  return seen;
}

async function expectSoon(look: () => unknown, expected: unknown): Promise<void> {
  await expect.poll(look, { timeout: 10_000, interval: 10 }).toEqual(expected);
}

test('others hear, in order, however much it is; oneself does not', async () => {
  const [one, two] = [node(), node()];
  await expectSoon(() => [one.missed, two.missed], [1, 1]);
  const told = Array.from({ length: 400 }, (_, i) => ({ i, words: 'ü'.repeat(40) }));
  for (const message of told) one.tell(message);
  await expectSoon(() => two.heard.length, 400);
  expect(two.heard).toEqual(told);
  expect(one.heard).toEqual([]);
});

test('the same again before it was sent is told once', async () => {
  const [one, two] = [node(), node()];
  await expectSoon(() => two.missed, 1);
  for (let i = 0; i < 5; i++) one.tell({ same: true });
  one.tell({ last: true });
  await expectSoon(() => two.heard, [{ same: true }, { last: true }]);
});

test('a connection that breaks is made again, and it may have missed something', async () => {
  const [one, two] = [node(), node()];
  await expectSoon(() => two.missed, 1);
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()`,
  );
  await expectSoon(() => two.missed, 2);
  one.tell({ after: true });
  await expectSoon(() => two.heard, [{ after: true }]);
});
