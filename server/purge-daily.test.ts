import { afterEach, expect, test } from 'vitest';
import { newId } from '../src/base/ids.ts';
import { createLog } from './log.ts';
import { purgeDaily, TOMBSTONES_KEPT_MS } from './purge-daily.ts';
import type { PurgeParts } from './purge-daily.ts';

const [WILLOW, HARBOR] = [newId(), newId()];
const START = Date.parse('2026-06-01T00:00:00.000Z');
const DAY_MS = 24 * 60 * 60_000;

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** A purge whose clock is moved by hand; `fails` says where it fails next. */
function begin({ fails = [], purge }: { fails?: string[]; purge?: PurgeParts['purge'] } = {}) {
  let nowMs = START;
  let tick: (() => void) | null = null;
  const asked: string[] = [];
  const lines: string[] = [];
  stop = purgeDaily({
    practices: async () => {
      if (fails.includes('list')) throw new Error('zq-words');
      return [WILLOW, HARBOR];
    },
    purge: async (practice, olderThan) => {
      asked.push(`${practice === WILLOW ? 'willow' : 'harbor'} ${olderThan.toISOString()}`);
      if (fails.includes(practice)) throw new Error('zq-words');
      return (await purge?.(practice, olderThan)) ?? 3;
    },
    log: createLog({ write: (line) => lines.push(line) }),
    now: () => new Date(nowMs),
    every: (ms, work) => {
      expect(ms).toBe(DAY_MS);
      tick = work;
      return () => (tick = null);
    },
  });
  return {
    asked,
    lines,
    nextDay: () => {
      nowMs += DAY_MS;
      tick?.();
    },
    codes: () => lines.map((line) => (JSON.parse(line) as { code: string }).code),
  };
}

const before = (ms: number) => new Date(ms - TOMBSTONES_KEPT_MS).toISOString();

test('purges every practice at the start and each day after, of what is older than the longest lease three times', async () => {
  expect(TOMBSTONES_KEPT_MS).toBe(90 * DAY_MS);
  const { asked, nextDay, codes } = begin();
  await expect.poll(() => asked).toEqual([`willow ${before(START)}`, `harbor ${before(START)}`]);
  await expect.poll(() => codes()).toEqual(['purged', 'purged']);
  nextDay();
  await expect
    .poll(() => asked.slice(2))
    .toEqual([`willow ${before(START + DAY_MS)}`, `harbor ${before(START + DAY_MS)}`]);
});

test('a practice where it fails does not keep the others, is told of without words, and has its turn the next day', async () => {
  const fails = [WILLOW];
  const { asked, lines, nextDay, codes } = begin({ fails });
  await expect.poll(() => codes()).toEqual(['purge-failed', 'purged']);
  expect(lines[0]).toContain(WILLOW);
  expect(lines.join()).not.toContain('zq-words');
  fails.splice(0);
  nextDay();
  await expect.poll(() => codes().slice(2)).toEqual(['purged', 'purged']);
  expect(asked).toHaveLength(4);
});

test('practices that cannot be listed are asked for again the next day', async () => {
  const fails = ['list'];
  const { codes, nextDay } = begin({ fails });
  await expect.poll(() => codes()).toEqual(['purge-failed']);
  fails.splice(0);
  nextDay();
  await expect.poll(() => codes()).toEqual(['purge-failed', 'purged', 'purged']);
});

test('a day that comes while the last one is under way does not start a second; the end waits for what is under way', async () => {
  const gates: (() => void)[] = [];
  const purge = () => new Promise<number>((resolve) => gates.push(() => resolve(0)));
  const { asked, nextDay } = begin({ purge });
  await expect.poll(() => gates).toHaveLength(1);
  nextDay();
  let ended = false;
  const ending = stop().then(() => (ended = true));
  nextDay();
  expect([asked.length, ended]).toEqual([1, false]);
  gates[0]?.();
  await ending;
  expect(asked).toHaveLength(1);
});
