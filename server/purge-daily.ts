// Takes old tombstones away at the start and once a day, in every practice. A practice where it fails is told of in the log,
// does not keep the others, and has its turn again the next day. Does not say what a tombstone is or how it goes: the store does.

import { setInterval } from 'node:timers';
import type { Log } from './log.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * A device may hold rows for 30 days without being heard of, the longest lease there is. Three times that: also one whose
 * clock or lease was prolonged finds what was deleted meanwhile, and need not fetch all anew.
 */
export const TOMBSTONES_KEPT_MS = 3 * 30 * DAY_MS;

export interface PurgeParts {
  practices(): Promise<readonly string[]>;
  /** Removes a practice's tombstones of before a time; returns how many went. */
  purge(practiceId: string, olderThan: Date): Promise<number>;
  readonly log: Log;
  now(): Date;
  /** Calls `work` at every interval until the returned function is called. */
  every(ms: number, work: () => void): () => void;
}

/** Starts with a first purge under way. The returned function ends it: what is under way finishes, nothing more begins. */
export function purgeDaily(parts: PurgeParts): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> | null = null;
  const run = () => {
    running ??= purgeAll(parts, () => stopped).finally(() => (running = null));
  };
  const stopClock = parts.every(DAY_MS, run);
  run();
  return async () => {
    stopped = true;
    stopClock();
    await running;
  };
}

/** By the computer's own timer, which holds no process open. */
export function everyOnClock(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}

async function purgeAll({ practices, purge, log, now }: PurgeParts, isStopped: () => boolean): Promise<void> {
  const olderThan = new Date(now().getTime() - TOMBSTONES_KEPT_MS);
  const found = await practices().catch((error: unknown) => {
    log.error({ code: 'purge-failed' }, error);
    return [];
  });
  for (const practice of found) {
    if (isStopped()) return;
    try {
      const count = await purge(practice, olderThan);
      if (count > 0) log.info({ code: 'purged', practice, count });
    } catch (error) {
      log.error({ code: 'purge-failed', practice }, error);
    }
  }
}
