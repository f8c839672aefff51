// Opens files in a process of its own, which has no settings and no secrets in its environment, little memory and little time, and,
// where the server runs as root, another user's rights. What happens in it stays in it: a file on which it fails twice, by dying of
// itself or by going on for too long, is refused. That somebody else ended it says nothing of the file. Holds one such process while there is something to look at, and ends it when there has been nothing for a while.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { MediaFault } from './media-fault.ts';

export interface Sealed {
  /** Nonce, then AES-256-GCM, as devices seal a file. */
  readonly bytes: Uint8Array;
  /** As the row that names the file has it: base64url. */
  readonly key: string;
}

export interface Examiner {
  /**
   * What is wrong with a file; null where it is a photo or a voice note. One at a time, in the order asked. Throws where no
   * process can be started or it was ended from outside (the server is ended, memory is short), and at once where `signal` says that
   * the server is ending: weather, to be asked again.
   */
  examine(sealed: Sealed, signal: AbortSignal): Promise<MediaFault | null>;
  close(): Promise<void>;
}

export type Answer = { readonly fault: MediaFault | null } | 'ready';

const PROGRAM = join(import.meta.dirname, 'examine-program.ts');
const MEMORY_MB = 96;
const START_MS = 30_000;
/** So many times longer is the second try. */
const MORE = 6;
/** Signals that a file cannot bring about: its own are those of a crash. */
const OUTSIDE = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'];

/** `mostMs` a file may take, and so long a process stays with nothing to do. */
export function createExaminer({ mostMs = 5000, idleMs = 60_000 } = {}): Examiner {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let rest: NodeJS.Timeout | undefined;

  async function started(signal: AbortSignal): Promise<ChildProcess> {
    clearTimeout(rest);
    if (child?.connected === true) return child;
    const next = fork(PROGRAM, [], {
      execArgv: ['--import', import.meta.resolve('tsx'), `--max-old-space-size=${MEMORY_MB}`],
      env: {},
      cwd: '/',
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // Work that waits for it holds the server open; it does not.
    next.unref();
    const said = await within(START_MS, next, signal);
    if (said !== 'ready') {
      await end(next);
      throw new Error('no file can be looked at: its process did not start');
    }
    return (child = next);
  }

  /** The second try has a process of its own and much more time: this computer may have been busy or asleep. */
  async function one(sealed: Sealed, signal: AbortSignal): Promise<MediaFault | null> {
    for (const ms of [mostMs, mostMs * MORE]) {
      signal.throwIfAborted();
      const running = await started(signal);
      const said = within(ms, running, signal);
      running.send(sealed, () => undefined);
      const answer = await said;
      if (answer !== null && answer !== 'ready') {
        rest = setTimeout(() => {
          // It is connected until it has ended: nobody may ask it any more.
          child = null;
          void end(running);
        }, idleMs).unref();
        return answer.fault;
      }
      const wasEnded = OUTSIDE.includes(running.signalCode ?? '');
      await end(running);
      signal.throwIfAborted();
      if (wasEnded) throw new Error('no file can be looked at: its process was ended');
    }
    return 'shape';
  }

  return {
    examine(sealed, signal) {
      const done = last.then(() => one(sealed, signal));
      last = done.catch(() => undefined);
      return done;
    },
    async close() {
      await last;
      clearTimeout(rest);
      if (child !== null) await end(child);
      child = null;
    },
  };
}

/** What a process says next; null where it says nothing in this time or ends, or nobody waits for it any more. */
function within(ms: number, child: ChildProcess, signal: AbortSignal): Promise<Answer | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(null), ms);
    const settle = (answer: Answer | null) => {
      clearTimeout(timer);
      child.off('message', hear).off('exit', gone).off('error', gone);
      signal.removeEventListener('abort', gone);
      resolve(answer);
    };
    const hear = (message: unknown) => settle(message as Answer);
    const gone = () => settle(null);
    child.on('message', hear).on('exit', gone).on('error', gone);
    signal.addEventListener('abort', gone);
    if (signal.aborted) gone();
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
