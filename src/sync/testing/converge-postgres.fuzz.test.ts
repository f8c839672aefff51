// The same histories over real PostgreSQL, without restores (those are drilled with real processes). Budget: 2 minutes.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabases } from '../../../server/testing/database.ts';
import type { TestDatabases } from '../../../server/testing/database.ts';
import { startPgServer } from '../../../server/testing/sync-server.ts';
import { faultsByHistory } from './histories.ts';
import { faultsOfHistory } from './history.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());

test('histories end well over PostgreSQL', { timeout: 36_000_000 }, async () => {
  const database = await databases.fresh();
  const start = async (options: Parameters<typeof startPgServer>[1]) => {
    // One database for all: each history has practices of its own, of other names.
    await database.pool.query("update practice set slug = 'old-' || id::text where slug !~ '^old-'");
    return { server: await startPgServer(database, options), lives: null };
  };
  const part = { most: 200, seconds: 110 };
  expect(await faultsByHistory(part, (seed, steps) => faultsOfHistory(seed, steps, start))).toBe('{}');
});
