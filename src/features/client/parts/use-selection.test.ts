import { expect, test } from 'vitest';
import { choose, chosenNow, toggle, unchoose } from './use-selection.ts';

test('all who match are chosen instead of who was, so that nobody who is not shown is among them', () => {
  toggle('hidden');
  choose(['a', 'b']);
  expect(chosenNow()).toEqual(['a', 'b']);
});

test('with whom something was done is not chosen for the next, and who was chosen meanwhile is', () => {
  choose(['a', 'b']);
  toggle('c');
  unchoose(['a', 'b', 'z']);
  expect(chosenNow()).toEqual(['c']);
  unchoose(['c']);
  expect(chosenNow()).toEqual([]);
});
