// Ends what a part of a run left behind, also in process groups of its own: every process that inherited the part's mark.
// Linux only, by `/proc`; elsewhere it finds nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The variable that carries the mark. */
export const MARK = 'INTERLUDE_PART';

const PATIENCE_MS = 5000;
const LOOK_MS = 30;
const CALM_LOOKS = 2;
/** What shows no environment for longer than this was started without one, and is nobody's. */
const STARTING_MS = 500;

/**
 * Asks them to end, then makes them. Resolves when none is left, as seen in several looks in a row: between two readings of one
 * look a process may start another and end, so that neither is seen.
 */
export async function endLeftovers(mark: string): Promise<void> {
  const startedAt = Date.now();
  for (let calm = 0; calm < CALM_LOOKS;) {
    const waited = Date.now() - startedAt;
    const { marked, starting } = lookFor(mark);
    for (const pid of marked) signal(pid, waited > PATIENCE_MS ? 'SIGKILL' : 'SIGTERM');
    const isCalm = marked.length === 0 && (starting === 0 || waited > STARTING_MS);
    calm = isCalm ? calm + 1 : 0;
    if (calm < CALM_LOOKS) await delay(LOOK_MS);
  }
}

function lookFor(mark: string): { marked: number[]; starting: number } {
  const found = readdirNumbers('/proc').filter((pid) => pid !== process.pid);
  const stateOf = new Map(found.map((pid) => [pid, stateAmong(pid, `${MARK}=${mark}`)]));
  const those = (state: State) => found.filter((pid) => stateOf.get(pid) === state);
  return { marked: those('marked'), starting: those('starting').length };
}

/** `starting`: a program that is just being loaded has memory, and shows no environment yet. */
type State = 'marked' | 'starting' | 'other';

function stateAmong(pid: number, mark: string): State {
  const environment = readText(`/proc/${pid}/environ`);
  if (environment.split('\0').includes(mark)) return 'marked';
  // The kernel's own processes and those that have ended have no memory: their sizes begin with 0.
  return environment === '' && /^[1-9]/.test(readText(`/proc/${pid}/statm`)) ? 'starting' : 'other';
}

/** Empty for one that has ended, is another person's, or was not yet collected. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
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
