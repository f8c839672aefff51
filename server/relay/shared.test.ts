import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atMostEvery, shared } from './shared.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('at once when it was long ago, else once when its time has come', () => {
  const done: number[] = [];
  const act = atMostEvery(300, () => void done.push(Math.round(performance.now())));
  const begun = Math.round(performance.now());
  for (let i = 0; i < 5; i++) act();
  expect(done).toEqual([begun]);
  vi.advanceTimersByTime(300);
  expect(done).toEqual([begun, begun + 300]);
  vi.advanceTimersByTime(1000);
  expect(done).toHaveLength(2);
  act();
  expect(done).toHaveLength(3);
});

test('who asks while a look is under way has its answer; a failed one is not kept', async () => {
  let looks = 0;
  const look = shared(async () => {
    looks += 1;
    if (looks === 2) throw new Error('away');
    return looks;
  });
  expect(await Promise.all([look(), look()])).toEqual([1, 1]);
  await expect(look()).rejects.toThrow('away');
  expect(await look()).toBe(3);
});
