import { expect, test } from 'vitest';
import { lossOf, notReached } from './loss.ts';

const noted = { id: 'i', practice: 'p', name: 'n', device: 'd', lastN: 9, unsent: 4, refused: 2, hour: '' };
const NOTHING = { unsent: 0, refused: 0 };

test('what the server has not answered has not reached it, and never less than nothing', () => {
  expect(notReached(noted, 6)).toBe(3);
  expect(notReached(noted, 9)).toBe(0);
  // Written after the last count, and sent.
  expect(notReached(noted, 12)).toBe(0);
});

test('lost is what did not reach the server and what had come back, less what was found again', () => {
  expect(lossOf(noted, 6, NOTHING)).toEqual({ lost: 5, found: 0 });
  expect(lossOf(noted, 6, { unsent: 3, refused: 2 })).toEqual({ lost: 0, found: 3 });
  expect(lossOf(noted, 6, { unsent: 1, refused: 0 })).toEqual({ lost: 4, found: 1 });
  // What is found and was answered already does not make up for words that had come back.
  expect(lossOf(noted, 9, { unsent: 2, refused: 0 })).toEqual({ lost: 2, found: 2 });
});

test('where nobody counted, nobody says that nothing is lost', () => {
  expect(lossOf(undefined, 0, { unsent: 1, refused: 0 })).toEqual({ lost: null, found: 1 });
});
