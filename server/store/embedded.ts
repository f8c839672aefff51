/**
 * The embedded PostgreSQL of a data folder: started, kept running, stopped. It listens on a unix
 * socket only, syncs every commit, and belongs to one server at a time. When it dies underneath it is
 * started again with growing pauses, on the same socket. What an earlier, killed server left running
 * is stopped first. It knows nothing of tables, migrations or roles.
 */

import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

import pg from 'pg';

import { ensureCluster, SUPERUSER } from './embedded-cluster.ts';
import { ifThere } from './embedded-files.ts';
import { findHome, type Home, isOutside, openDataFolder, openHome, removeHome, socketPath } from './embedded-home.ts';
import { answers, lockFolder } from './embedded-lock.ts';
import { stopOrphan } from './embedded-orphan.ts';
import { type PostgresLog, Supervisor } from './embedded-supervisor.ts';

export interface RunningPostgres {
  /** Stays valid across restarts. `host` is the folder of the socket. */
  connection: { host: string; port: number; user: string; database: string };
  /** Ends PostgreSQL in order (by force after some 20 s) and gives the data folder free. Safe to call twice. */
  stop(): Promise<void>;
  /** Called each time PostgreSQL ends without having been told to, before it is started again. */
  onExit(listener: (code: number | null) => void): void;
}

const DATABASE = 'interlude';
const PORT = 5432;

/**
 * Starts the PostgreSQL of a data folder, making folder, cluster and database where they are missing;
 * resolves when it answers. `binaries` names the PostgreSQL programs to run (default: the installed package).
 * Throws EmbeddedPostgresError; `in-use` at once when another live server has the folder.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log: PostgresLog;
  binaries?: string;
}): Promise<RunningPostgres> {
  const dataDir = await openDataFolder(options.dataDir);
  const locks = [await lockFolder(dataDir)];
  const free = () => releaseAll(locks);
  try {
    const home = await openHome(dataDir, options.binaries);
    if (isOutside(dataDir, home.path)) locks.push(await lockFolder(home.path, dataDir));
    return await bringUp(home, options.log, free);
  } catch (error) {
    await free();
    throw error;
  }
}

/** The connection to the PostgreSQL that runs on a data folder at this moment, whoever started it; undefined where none does. */
export async function findRunningPostgres(dataDir: string): Promise<RunningPostgres['connection'] | undefined> {
  const folder = await ifThere(realpath(dataDir));
  const home = folder === undefined ? undefined : await findHome(folder);
  if (home === undefined) return undefined;
  const socket = await socketPath(home);
  if (!(await answers(socket))) return undefined;
  return { host: dirname(socket), port: PORT, user: SUPERUSER, database: DATABASE };
}

/**
 * Deletes the database of a data folder wherever it lies, for good; the folder itself stays.
 * Does nothing when there is none. Throws `in-use` while a server runs on it.
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const folder = await ifThere(realpath(dataDir));
  if (folder === undefined) return;
  const locks = [await lockFolder(folder)];
  try {
    const home = await findHome(folder);
    if (home === undefined) return;
    if (isOutside(folder, home)) locks.push(await lockFolder(home, folder));
    await stopOrphan(home);
    await removeHome(folder, home);
  } finally {
    await releaseAll(locks);
  }
}

async function releaseAll(locks: (() => Promise<void>)[]): Promise<void> {
  for (const release of locks.splice(0).reverse()) await release();
}

async function bringUp(home: Home, log: PostgresLog, free: () => Promise<void>): Promise<RunningPostgres> {
  const began = Date.now();
  if (await ensureCluster(home)) log({ code: 'postgres-initialised', ms: Date.now() - began });
  const supervisor = new Supervisor(home, log);
  const host = await supervisor.start();
  const connection = { host, port: PORT, user: SUPERUSER, database: DATABASE };
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= supervisor.stop().finally(free));
  try {
    await ensureDatabase(host);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  log({ code: 'postgres-started', ms: Date.now() - began });
  return { connection, stop, onExit: (listener) => void supervisor.listeners.add(listener) };
}

async function ensureDatabase(host: string): Promise<void> {
  const client = new pg.Client({ host, port: PORT, user: SUPERUSER, database: 'postgres', ssl: false });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
