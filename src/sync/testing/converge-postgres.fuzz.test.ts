// The same histories over real PostgreSQL, without restores (those are drilled with real processes). Budget: 3 minutes.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabases } from '../../../server/testing/database.ts';
import type { TestDatabases } from '../../../server/testing/database.ts';
import { startPgServer } from '../../../server/testing/sync-server.ts';
import { count, faultsByHistory, first } from './histories.ts';

const seeds = Math.min(count(200), 200);
let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());

test(`${seeds} histories from ${first} on end well over PostgreSQL`, { timeout: 36_000_000 }, async () => {
  const database = await databases.fresh();
  const start = async (options: Parameters<typeof startPgServer>[1]) => {
    // One database for all: each history has practices of its own, of other names.
    await database.pool.query("update practice set slug = 'old-' || id::text where slug !~ '^old-'");
    return { server: await startPgServer(database, options), lives: null };
  };
  expect(await faultsByHistory(seeds, { start })).toBe('{}');
});
