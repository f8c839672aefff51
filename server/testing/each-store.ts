// The same tests over a store in memory and over PostgreSQL: what a server promises does not depend on where it keeps it.

import { afterAll, beforeAll, describe } from 'vitest';
import { startTestDatabases } from './database.ts';
import type { TestDatabases } from './database.ts';
import { startMemoryServer, startPgServer } from './sync-server.ts';
import type { SyncServer, SyncServerOptions } from './sync-server.ts';

export type StartServer = (options?: SyncServerOptions) => Promise<SyncServer>;

/** Declares `tests` once for each kind of store; `start` gives them an empty server. */
export function onEachStore(tests: (start: StartServer) => void): void {
  describe('over a store in memory', () => {
    tests(startMemoryServer);
  });
  describe('over PostgreSQL', () => {
    let databases: TestDatabases;
    beforeAll(async () => {
      databases = await startTestDatabases();
    });
    afterAll(() => databases.remove());
    tests(async (options) => startPgServer(await databases.fresh(), options));
  });
}
