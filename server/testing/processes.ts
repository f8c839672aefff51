// What a test may ask of other processes: whose children live, and whether one is still there.

import { readFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';

/** Every live descendant of a process. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const tasks = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = new Set([...tasks.split(' ').filter(Boolean).map(Number), ...childrenByStatus(pid)]);
  const deeper = await Promise.all([...children].map(descendantsOf));
  return [...children, ...deeper.flat()];
}

/** Whether a process lives; one that has ended but was not yet collected does not. */
export function isAlive(pid: number): boolean {
  const state = statusOf(pid)?.state;
  return state !== undefined && state !== 'Z';
}

function childrenByStatus(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => statusOf(pid)?.parent === parent);
}

function statusOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return state === undefined ? undefined : { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
