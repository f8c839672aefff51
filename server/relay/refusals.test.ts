import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DocRefusal } from '../store/doc-refusals.ts';
import { Refusals } from './refusals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gathering() {
  const kept: { practice: string; lines: readonly DocRefusal[] }[] = [];
  const weather = { isAway: false };
  const refusals = new Refusals({
    async keep(practice, lines) {
      if (weather.isAway) throw new Error('away');
      kept.push({ practice, lines });
    },
    now: () => new Date(),
  });
  const note = (change: Partial<Parameters<Refusals['note']>[0]> = {}) =>
    refusals.note({ practice: 'p', member: 'm', session: 's', document: 'd:1', code: 'not-author', ...change });
  return { kept, weather, refusals, note };
}

test('what is refused within a second is kept at once, the same as one line with its count', async () => {
  const { kept, note } = gathering();
  for (let i = 0; i < 3; i++) note();
  note({ code: 'too-large' });
  note({ practice: 'q' });
  expect(kept).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept.map(({ practice, lines }) => [practice, lines.map(({ code, count }) => `${code} ${count}`)])).toEqual([
    ['p', ['not-author 3', 'too-large 1']],
    ['q', ['not-author 1']],
  ]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(kept).toHaveLength(2);
});

test('a store that is away gets them when it is back; a flood of names waits as a few', async () => {
  const { kept, weather, note } = gathering();
  weather.isAway = true;
  for (let i = 0; i < 5000; i++) {
    note({ document: `d:${i}` });
    if (i % 500 === 0) await vi.advanceTimersByTimeAsync(1000);
  }
  weather.isAway = false;
  await vi.advanceTimersByTimeAsync(1000);
  const [{ lines } = { lines: [] }] = kept;
  expect(lines.length).toBeLessThanOrEqual(501);
  expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
});

test('at the end what waits is kept', async () => {
  const { kept, refusals, note } = gathering();
  note();
  await refusals.close();
  expect(kept).toHaveLength(1);
});
