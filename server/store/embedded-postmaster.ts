/**
 * One postmaster process: spawning it with our settings, waiting until it answers, stopping
 * it. It never restarts anything by itself.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { chown, open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { childEnvironment, runAs } from './embedded-account.ts';
import { SUPERUSER } from './embedded-cluster.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { ifThere } from './embedded-files.ts';
import type { Home } from './embedded-home.ts';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export interface Postmaster {
  pid: number;
  exited: Promise<Exit>;
  /** Ends it: fast, then at once, then by force. Safe to call twice; resolves when it is gone. */
  stop(): Promise<void>;
}

const READY_LIMIT_MS = 300_000;
const POLL_MS = 20;
const LOG_LIMIT_BYTES = 1_000_000;
const STOP_STEPS: [NodeJS.Signals, number][] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
];

/** Given on the command line, so that they hold over whatever the cluster's own files say. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '128MB',
  max_connections: '100',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  // Statements, values and error details hold health data: only the server's own fate is logged.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_lock_waits: 'off',
  log_autovacuum_min_duration: '-1',
};

/** Thrown when processes of an earlier run still hold the cluster: worth another try a moment later. */
export class ClusterBusyError extends Error {}

/**
 * Starts a postmaster and waits until it answers. Aborting stops it again.
 * Throws `start-failed` with PostgreSQL's last word, or ClusterBusyError.
 */
export async function startPostmaster(home: Home, socketFolder: string, abort: AbortSignal): Promise<Postmaster> {
  const logged = await logSize(home);
  const child = await spawnPostmaster(home, socketFolder);
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  // A failed spawn is reported by the race below; without this it would count as unhandled too.
  exited.catch(() => undefined);
  guardAgainstExit(child);
  const postmaster = { pid: child.pid ?? 0, exited, stop: () => stopChild(child, exited) };
  const decided = new AbortController();
  try {
    const asked = untilAnswers(socketFolder, AbortSignal.any([abort, decided.signal]));
    const outcome = await Promise.race([exited, asked]);
    if (outcome !== 'answers') throw await failure(home, logged, outcome);
    return postmaster;
  } catch (error) {
    await postmaster.stop();
    throw error;
  } finally {
    decided.abort();
  }
}

/** The log's size in bytes, after beginning it anew when it has grown large. */
async function logSize(home: Home): Promise<number> {
  const size = (await ifThere(stat(home.log)))?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return size;
  await truncate(home.log);
  return 0;
}

async function spawnPostmaster(home: Home, socketFolder: string): Promise<ChildProcess> {
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socketFolder });
  const log = await open(home.log, 'a', 0o600);
  try {
    if (home.account.kind === 'other') await chown(home.log, home.account.uid, home.account.gid);
    const args = ['-D', home.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    return spawn(join(home.binaries, 'bin', 'postgres'), args, {
      ...runAs(home.account),
      cwd: '/',
      env: childEnvironment,
      // Its own session: a Ctrl-C in the terminal reaches our server, which then stops it in order.
      detached: true,
      // A file, not a pipe: it must be able to log, and to end well, when our server is gone.
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

/** When our process ends without stopping it, a fast shutdown: it loses nothing and leaves nothing behind. */
function guardAgainstExit(child: ChildProcess): void {
  const end = () => void child.kill('SIGINT');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

async function untilAnswers(socketFolder: string, abort: AbortSignal): Promise<'answers'> {
  const until = Date.now() + READY_LIMIT_MS;
  while (!abort.aborted) {
    if (await answersQuery(socketFolder)) return 'answers';
    if (Date.now() > until) {
      throw new EmbeddedPostgresError('start-failed', `PostgreSQL did not answer within ${READY_LIMIT_MS / 1000} s.`);
    }
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError('start-failed', 'The start of PostgreSQL was called off.');
}

async function answersQuery(host: string): Promise<boolean> {
  const client = new pg.Client({ host, port: 5432, user: SUPERUSER, database: 'postgres', ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function failure(home: Home, logged: number, exit: Exit): Promise<Error> {
  const said = (await readFile(home.log)).subarray(logged).toString('utf8');
  if (/pre-existing shared memory block|lock file "[^"]*" already exists/.test(said)) return new ClusterBusyError();
  const fatal = /(?:FATAL|PANIC): .*/.exec(said)?.[0] ?? said.trim().split('\n').at(-1) ?? '';
  return new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL ended with ${exit.signal ?? exit.code}. ${fatal}`.trim(),
  );
}

async function stopChild(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  const gone = exited.then(
    () => 'gone' as const,
    () => 'gone' as const,
  );
  for (const [signal, patience] of STOP_STEPS) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const timer = new AbortController();
    const outcome = await Promise.race([gone, delay(patience, 'late' as const, { signal: timer.signal })]);
    timer.abort();
    if (outcome === 'gone') return;
  }
}
