// A real PostgreSQL in a folder of its own, for one test file.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { must } from '../../src/base/must.ts';
import { clusterOf, findHome, openHome } from '../store/embedded-home.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../store/embedded.ts';
import type { RunningPostgres } from '../store/embedded.ts';

/** A PostgreSQL that is running, whoever started it. */
export interface PostgresPlace {
  readonly connection: RunningPostgres['connection'];
}

export interface TestPostgres extends PostgresPlace {
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

const run = promisify(execFile);

/** Starts one: empty, or with all that the one of another data folder holds, which is not running. */
export async function startTestPostgres(like?: string): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlude-test-'));
  if (like !== undefined) await copyPostgres(like, dataDir);
  const start = () => startEmbeddedPostgres({ dataDir, log: () => undefined });
  let running = await start();
  return {
    dataDir,
    get running() {
      return running;
    },
    get connection() {
      return running.connection;
    },
    get url() {
      return urlOf(running.connection);
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

/** As many as asked for with all that this one holds, itself the first; it is stopped meanwhile. */
export async function alike(first: TestPostgres, count: number): Promise<TestPostgres[]> {
  await first.stop();
  const others = await Promise.all(Array.from({ length: count - 1 }, () => startTestPostgres(first.dataDir)));
  await first.start();
  return [first, ...others];
}

/** A connection as `DATABASE_URL` says it. */
export function urlOf({ host, user, database }: PostgresPlace['connection']): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

/** Copies the database of a data folder, which is not running, into another that has none. */
export async function copyPostgres(from: string, to: string): Promise<void> {
  const home = must(await findHome(from), 'a database');
  const { path } = await openHome(to);
  // The account that PostgreSQL runs as has to keep them; Node's own copy gives them to root.
  await run('cp', ['-a', clusterOf(home), path]);
}

/** Removes a data folder and its database, wherever it lies. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await removeEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}
