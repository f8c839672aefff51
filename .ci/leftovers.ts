// Ends what a part of a run left behind, also in process groups of its own: every process that inherited the part's mark.
// Linux only, by `/proc`; elsewhere it finds nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The variable that carries the mark. */
export const MARK = 'INTERLUDE_PART';

const PATIENCE_MS = 5000;
const LOOK_MS = 50;

/** Asks them to end, then makes them. Resolves when none is left. */
export async function endLeftovers(mark: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let left = markedWith(mark);
  for (const pid of left) signal(pid, 'SIGTERM');
  while (left.length > 0) {
    await delay(LOOK_MS);
    left = markedWith(mark);
    if (Date.now() > until) for (const pid of left) signal(pid, 'SIGKILL');
  }
}

function markedWith(mark: string): number[] {
  const pids = readdirNumbers('/proc').filter((pid) => pid !== process.pid);
  return pids.filter((pid) => environmentOf(pid).includes(`${MARK}=${mark}`));
}

/** Empty for one that has ended, is another person's, or was not yet collected. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function readdirNumbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
