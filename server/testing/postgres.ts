// A real PostgreSQL in a folder of its own, for one test file.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../store/embedded.ts';
import type { RunningPostgres } from '../store/embedded.ts';

export interface TestPostgres {
  readonly dataDir: string;
  readonly running: RunningPostgres;
  /** As `DATABASE_URL` says it. */
  readonly url: string;
  /** Stops it, and starts it again on the same data. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes every trace. */
  remove(): Promise<void>;
}

/** Starts an empty one. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlude-test-'));
  const start = () => startEmbeddedPostgres({ dataDir, log: () => undefined });
  let running = await start();
  return {
    dataDir,
    get running() {
      return running;
    },
    get url() {
      const { host, user, database } = running.connection;
      return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
    },
    stop: () => running.stop(),
    async start() {
      running = await start();
    },
    async remove() {
      await running.stop();
      await removeEmbeddedPostgres(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Removes a data folder and its database, wherever it lies. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await removeEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}
