import { beforeEach, expect, test } from 'vitest';
import { createShelf } from './shelf.ts';
import type { Leaf, Question, Shelf } from './shelf.ts';

const ALL: Question = {
  words: '',
  kinds: [],
  from: '',
  to: '',
  withComments: false,
  notSeen: false,
  notPrivate: false,
};
let shelf: Shelf;

const leaf = (id: string, day: string, change: Partial<Leaf> = {}): Leaf => {
  const at = `${day}T08:00:00.000Z`;
  return { id, at, day, kind: 'mood', hasComments: false, isSeen: false, isPrivate: false, words: [], ...change };
};
const ids = (question: Partial<Question>, limit = 10) => shelf.find({ ...ALL, ...question }, limit).ids;

beforeEach(() => {
  shelf = createShelf();
  shelf.put([
    leaf('b', '2026-03-02', { kind: 'food', words: ['Soup', 'A comment about bread'], hasComments: true }),
    leaf('a', '2026-03-01', { words: ['Slept badly'], isSeen: true }),
    leaf('c', '2026-03-03', { kind: 'symptom', words: ['Slept well'] }),
  ]);
});

test('all are there, the newest first, and counted also beyond what is asked for', () => {
  expect(shelf.find(ALL, 2)).toEqual({ count: 3, ids: ['c', 'b'] });
});

test('each filter holds, and all that are set hold together', () => {
  expect(ids({ kinds: ['food', 'symptom'] })).toEqual(['c', 'b']);
  expect(ids({ from: '2026-03-02' })).toEqual(['c', 'b']);
  expect(ids({ to: '2026-03-02' })).toEqual(['b', 'a']);
  expect(ids({ from: '2026-03-02', to: '2026-03-02' })).toEqual(['b']);
  expect(ids({ withComments: true })).toEqual(['b']);
  expect(ids({ notSeen: true })).toEqual(['c', 'b']);
  expect(ids({ words: 'slept', notSeen: true })).toEqual(['c']);
  expect(ids({ words: 'slept', kinds: ['food'] })).toEqual([]);
});

test('what its author alone reads is found with the rest, is not waiting to be seen, and can be left out', () => {
  shelf.put([leaf('p', '2026-03-04', { words: ['Slept alone'], isPrivate: true })]);
  expect(ids({ words: 'slept' })).toEqual(['p', 'c', 'a']);
  expect(ids({ words: 'slept', notPrivate: true })).toEqual(['c', 'a']);
  expect(ids({ notSeen: true })).toEqual(['c', 'b']);
});

test('an entry is found by the words of its comments', () => {
  expect(ids({ words: 'bread' })).toEqual(['b']);
});

test('what changes is found by its new words only, and what goes by none', () => {
  shelf.put([leaf('a', '2026-03-05', { words: ['Walked'] })]);
  expect(ids({ words: 'badly' })).toEqual([]);
  expect(ids({})).toEqual(['a', 'c', 'b']);
  shelf.remove(['c', 'never there']);
  expect(ids({ words: 'slept' })).toEqual([]);
  shelf.clear();
  expect(shelf.find(ALL, 10)).toEqual({ count: 0, ids: [] });
});
