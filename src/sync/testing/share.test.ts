import { afterEach, expect, test, vi } from 'vitest';
import { Share } from './share.ts';

afterEach(() => vi.restoreAllMocks());

/** Each round takes a second. */
function run(share: Share): number[] {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const rounds: number[] = [];
  for (const round of share.rounds()) {
    rounds.push(round);
    now += 1000;
  }
  return rounds;
}

test('a share ends with its seconds, and never before its least', () => {
  expect(run(new Share({ asked: undefined, most: 9, least: 1, seconds: 3 }))).toEqual([0, 1, 2]);
  expect(run(new Share({ asked: undefined, most: 9, least: 5, seconds: 3 }))).toEqual([0, 1, 2, 3, 4]);
  expect(run(new Share({ asked: undefined, most: 2, least: 5, seconds: 3 }))).toEqual([0, 1]);
});

test('what is asked for by hand is run whole', () => {
  const share = new Share({ asked: '6', most: 2, least: 1, seconds: 3 });
  expect(run(share)).toHaveLength(6);
  expect(share.done).toBe(6);
});
