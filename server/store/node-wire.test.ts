import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { FaultProxy } from '../testing/fault-proxy.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { createPgNodeWire } from './node-wire.ts';

let databases: TestDatabases;
let database: Database;
const ends: (() => Promise<void>)[] = [];
const lines: (() => Promise<void>)[] = [];

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  database = await databases.fresh();
});
afterEach(async () => {
  for (const end of [...ends.splice(0), ...lines.splice(0)]) await end();
});

/** A node that notes what it hears. */
function node({ over = database, beatMs = 10_000 } = {}) {
  const wire = createPgNodeWire(over, { beatMs });
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

/** The same database by a line that can fail, as over a network. */
async function farDatabase(): Promise<{ far: Database; proxy: FaultProxy }> {
  const { host = '', port, ...login } = database.pool.options;
  const bridge = createServer((near) => {
    const there = connect(join(host, `.s.PGSQL.${port ?? 5432}`));
    near.pipe(there).pipe(near);
    for (const socket of [near, there]) socket.on('error', () => [near, there].forEach((one) => one.destroy()));
  }).listen(0, '127.0.0.1');
  await once(bridge, 'listening');
  const proxy = await FaultProxy.to((bridge.address() as AddressInfo).port);
  const { user, database: name } = login;
  const far = openDatabase({
    host: '127.0.0.1',
    port: proxy.port,
    max: 4,
    ...(user && { user }),
    ...(name && { database: name }),
  });
  lines.push(async () => {
    await far.close();
    await proxy.close();
    bridge.close();
  });
  return { far, proxy };
}

test('a connection that has died without a word is found out, made again, and may have missed something', async () => {
  const { far, proxy } = await farDatabase();
  const [one, two] = [node(), node({ over: far, beatMs: 300 })];
  await expectSoon(() => two.missed > 0 && one.missed > 0, true);
  one.tell({ before: true });
  await expectSoon(() => two.heard, [{ before: true }]);
  const { missed } = two;
  proxy.forget();
  one.tell({ meanwhile: true });
  await expectSoon(() => two.missed > missed, true);
  one.tell({ after: true });
  await expectSoon(() => two.heard.at(-1), { after: true });
  expect(two.heard).not.toContainEqual({ meanwhile: true });
});
