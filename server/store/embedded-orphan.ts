/**
 * What an earlier run of our server left: a postmaster that outlived a `kill -9`, or its stale pid
 * file. A process is stopped only when it is shown to be the postmaster of this very cluster.
 */

import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './embedded-error.ts';
import { systemCode } from './embedded-files.ts';
import { clusterOf, socketPath } from './embedded-home.ts';
import { answers } from './embedded-lock.ts';

const POLL_MS = 20;
const STEPS: [NodeJS.Signals, number][] = [
  ['SIGINT', 5_000],
  ['SIGQUIT', 8_000],
  ['SIGKILL', 5_000],
];

/**
 * Makes sure that no postmaster of this home runs, and gives the pid of the one it stopped, if any.
 * Throws `in-use` when one runs that cannot be seen from here (another container), `closed` when it
 * may not be stopped by this account. Call it only while holding the home's lock.
 */
export async function stopOrphan(home: string): Promise<number | undefined> {
  const cluster = clusterOf(home);
  const pid = await postmasterPid(cluster);
  if (pid === undefined) return undefined;
  if (await isPostmasterOf(pid, cluster)) {
    await end(pid, cluster);
    return pid;
  }
  const socket = await socketPath(home);
  if (await answers(socket)) {
    throw new EmbeddedPostgresError('in-use', `A PostgreSQL that cannot be seen from here answers on ${socket}.`);
  }
  // PostgreSQL itself looks at the number alone and would take any process that has it now for its own.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** The process id that the cluster's pid file names, or undefined when it names none. */
export async function postmasterPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  const pid = /^[1-9]\d*(?=\n)/.exec(text)?.[0];
  return pid === undefined ? undefined : Number(pid);
}

async function end(pid: number, cluster: string): Promise<void> {
  for (const [signal, patience] of STEPS) {
    send(pid, signal);
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!(await isPostmasterOf(pid, cluster))) return;
      await delay(POLL_MS);
    }
  }
  throw new EmbeddedPostgresError('in-use', `The PostgreSQL with pid ${pid} on ${cluster} does not end.`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return;
    throw new EmbeddedPostgresError(
      'closed',
      `A PostgreSQL of an earlier run, pid ${pid}, belongs to another account and cannot be stopped from this one.`,
    );
  }
}

/** Its words and its working folder tell; a process that ended but was never reaped has neither. */
async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  const words = await commandOf(pid);
  if (words === undefined || basename(words.split(/[\0 ]/, 1)[0] ?? '') !== 'postgres') return false;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return folder === cluster || words.includes(`-D\0${cluster}\0`) || words.includes(`-D ${cluster} `);
}

async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  }
  const found = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => undefined);
  return found?.stdout;
}
