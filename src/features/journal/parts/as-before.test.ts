import { expect, test } from 'vitest';
import { asBefore } from './as-before.ts';

test('what says the same is the same object, wherever it stands now; what changed, came or went is not', () => {
  const steady = asBefore<{ id: string; n: number }>(({ id }) => id);
  const [a, b] = steady([
    { id: 'a', n: 1 },
    { id: 'b', n: 1 },
  ]);
  const next = steady([
    { id: 'c', n: 1 },
    { id: 'b', n: 2 },
    { id: 'a', n: 1 },
  ]);
  expect(next.map(({ id, n }) => [id, n])).toEqual([
    ['c', 1],
    ['b', 2],
    ['a', 1],
  ]);
  expect(next[2]).toBe(a);
  expect(next[1]).not.toBe(b);
  const gone = steady([]);
  expect(gone).toEqual([]);
  expect(steady([{ id: 'a', n: 1 }])[0]).not.toBe(a);
});
