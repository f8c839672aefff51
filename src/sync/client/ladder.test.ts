import { expect, test } from 'vitest';
import { LADDER_MOST, ladderAfter, ladderOf } from './ladder.ts';

const spaces = Array.from({ length: 2 * LADDER_MOST + 50 }, (_, i) => ({ space: `s:${i}`, hash: '' }));
const each = (value: number) => Object.fromEntries(spaces.map(({ space }) => [space, value]));

test('of more spaces than can be asked of at once each has its turn, though nobody fetches there', () => {
  let state: Parameters<typeof ladderOf>[0] = { spaces, delivered: each(1), awaiting: each(2) };
  const asked = new Set<string>();
  for (let i = 0; i < 3; i += 1) {
    const ladder = ladderOf(state);
    expect(ladder).toHaveLength(LADDER_MOST);
    expect(new Set(ladder).size).toBe(LADDER_MOST);
    for (const space of ladder) asked.add(space);
    state = { ...state, ...ladderAfter(state) };
  }
  expect(asked.size).toBe(spaces.length);
});

test('what was never asked of goes first; what the other side has is not asked of, and of few all are', () => {
  const delivered = { 's:1': 2, 's:2': 1, 's:3': 0 };
  const few = { spaces: spaces.slice(0, 4), delivered, awaiting: { 's:1': 2, 's:2': 2 } };
  expect(ladderOf(few)).toEqual(['s:0', 's:2']);
  expect(ladderAfter(few)).toEqual({});
  expect(ladderOf({ spaces, delivered: {}, awaiting: {} })).toEqual(
    spaces.slice(0, LADDER_MOST).map(({ space }) => space),
  );
});
