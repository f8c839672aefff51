// The life of a server process: start, run until told to end, end in order. The first SIGTERM or SIGINT stops everything
// and exits 0; a deliberate second one exits at once. A bug that nobody caught stops everything too and exits 1.

import { EmbeddedPostgresError } from './store/embedded-error.ts';
import type { Log } from './log.ts';
import { StartError } from './start-error.ts';

export interface Stoppable {
  stop(): Promise<void>;
}

// `npm run` hands on a signal that the terminal gave to the whole group: the same one comes twice.
const ECHO_MS = 500;
const STOP_LIMIT_MS = 30_000;

/** Runs `start` and keeps the process until it is told to end. `start` is to give up, leaving nothing, once aborted. */
export async function runProcess(start: (abort: AbortSignal) => Promise<Stoppable>, log: Log): Promise<void> {
  const ending = new AbortController();
  let exitCode = 0;
  const end = (code: number) => {
    exitCode = Math.max(exitCode, code);
    ending.abort();
  };
  listenForEnd(end, log);
  try {
    const running = await start(ending.signal);
    log.info({ code: 'started', pid: process.pid });
    await untilAborted(ending.signal);
    limitStop();
    await running.stop();
  } catch (error) {
    if (!ending.signal.aborted) exitCode = 1;
    tell(error, { log, expected: ending.signal.aborted });
  }
  log.info({ code: 'stopped', exit: exitCode });
  process.exit(exitCode);
}

function listenForEnd(end: (code: number) => void, log: Log): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (firstAt !== undefined && Date.now() - firstAt > ECHO_MS) process.exit(1);
      firstAt ??= Date.now();
      log.info({ code: 'stopping', signal });
      end(0);
    });
  }
  // A log that nobody reads any more is no reason to end; and a fault of the log must not be told to the log.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    log.error({ code: 'uncaught' }, error);
    end(1);
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  // A timer, since nothing else need hold the process open.
  const hold = setInterval(() => undefined, 2 ** 30);
  return new Promise((resolve) => {
    const done = () => {
      clearInterval(hold);
      resolve();
    };
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}

function limitStop(): void {
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
}

/** Operators' errors are told in words; of all others only the name and the place, since a message may quote data. */
function tell(error: unknown, { log, expected }: { log: Log; expected: boolean }): void {
  if (expected) return log.info({ code: 'start-called-off' });
  if (error instanceof StartError || error instanceof EmbeddedPostgresError) {
    process.stderr.write(`${error.message}\n`);
    return;
  }
  log.error({ code: 'start-failed' }, error);
}
