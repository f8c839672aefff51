import { expect, test } from 'vitest';
import { shareOf } from './share-of-day.ts';

test('three days take each once, and by hand all are taken', () => {
  const all = shareOf(null);
  expect([all.left.faults, all.left.walks]).toEqual([[], []]);
  for (const first of [20_788, 20_789, 20_790]) {
    const days = [first, first + 1, first + 2].map((day) => shareOf(day));
    for (const kind of ['faults', 'walks'] as const) {
      expect(days.flatMap(({ taken }) => taken[kind]).toSorted()).toEqual(all.taken[kind].toSorted());
      for (const { taken, left } of days) {
        expect(taken[kind].length).toBeGreaterThan(0);
        expect([...taken[kind], ...left[kind]].toSorted()).toEqual(all.taken[kind].toSorted());
      }
    }
  }
});
