import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atMostEach } from './at-most-each.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first is done at once, many in a row once in each time, and nothing that was asked for stays undone', () => {
  let [asked, done] = [0, 0];
  const seen: number[] = [];
  const { ask } = atMostEach(1000, () => {
    done = asked;
    seen.push(Date.now());
  });
  const begun = Date.now();
  for (let i = 0; i < 95; i++) {
    asked += 1;
    ask();
    if (i === 0) expect(done).toBe(1);
    vi.advanceTimersByTime(100);
  }
  // Whatever ended it, an end, a stop or an error, nobody need say so.
  vi.advanceTimersByTime(1000);
  expect(done).toBe(95);
  expect(seen.map((at) => at - begun)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((second) => second * 1000).slice(0, seen.length),
  );
  expect(seen.length).toBe(11);
  vi.advanceTimersByTime(10_000);
  expect(seen.length).toBe(11);
  ask();
  expect(seen.length).toBe(12);
});

test('what is closed does nothing more', () => {
  let done = 0;
  const { ask, stop } = atMostEach(1000, () => void (done += 1));
  ask();
  ask();
  expect(stop()).toBe(true);
  vi.advanceTimersByTime(5000);
  expect(done).toBe(1);
});
