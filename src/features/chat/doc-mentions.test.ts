import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { areMentionsOf, asked, chosenIn, isCalledOtherwise, mentionsIn, piecesWith } from './doc-mentions.ts';

const [ann, anna, lee, other] = [newId(), newId(), newId(), newId()];

test('who was chosen is found where his name still stands in the words, and nowhere else', () => {
  const chosen = [
    { who: ann, name: 'Ann' },
    { who: anna, name: 'Anna' },
    { who: lee, name: 'Dr. Lee' },
  ];
  const body = 'For @Anna, and @Ann: ask @Dr. Lee';
  const found = mentionsIn(body, chosen);
  expect(found.map(({ who, at, length }) => [who, body.slice(at, at + length)])).toEqual([
    [anna, '@Anna'],
    [ann, '@Ann'],
    [lee, '@Dr. Lee'],
  ]);
  expect(areMentionsOf(body, found)).toBe(true);
  expect(chosenIn(body, found)).toEqual([chosen[1], chosen[0], chosen[2]]);
  expect(mentionsIn('@Annabel writes to x@Ann', chosen)).toEqual([]);
});

test('of two of one name the first chosen is meant first', () => {
  const chosen = [ann, other].map((who) => ({ who, name: 'Ann' }));
  expect(mentionsIn('@Ann or @Ann', chosen).map(({ who, at }) => [who, at])).toEqual([
    [ann, 0],
    [other, 8],
  ]);
});

test('words in pieces are whole; mentions that are none of theirs are left out', () => {
  const mentions = [{ who: ann, at: 3, length: 4 }];
  expect(piecesWith('Hi @Ann!', mentions)).toEqual([
    { text: 'Hi ', at: 0 },
    { text: '@Ann', at: 3, who: ann },
    { text: '!', at: 7 },
  ]);
  for (const wrong of [
    [{ who: ann, at: 2, length: 4 }],
    [{ who: ann, at: 3, length: 40 }],
    [...mentions, { who: lee, at: 3, length: 4 }],
  ])
    expect(piecesWith('Hi @Ann!', wrong)).toEqual([{ text: 'Hi @Ann!', at: 0 }]);
});

test('an @ asks where it begins a word, for what is typed after it', () => {
  expect(asked('Hi @le', 6)).toEqual({ at: 3, typed: 'le' });
  expect(asked('@', 1)).toEqual({ at: 0, typed: '' });
  expect(asked('@Dr. Le and more', 7)).toEqual({ at: 0, typed: 'Dr. Le' });
  expect(asked('من @لي', 6)).toEqual({ at: 3, typed: 'لي' });
  for (const [body, caret] of [
    ['ana@lee', 7],
    ['@ lee', 5],
    ['@lee', 0],
    ['@\nlee', 5],
    ['no one', 6],
  ] as const)
    expect(asked(body, caret)).toBeNull();
});

test('a mention hides none of the words that it lies over; a name that is another by now stands beside them', () => {
  const body = '@Ann take two, not one';
  const said = piecesWith(body, [{ who: ann, at: 0, length: 13 }]);
  expect(said.map(({ text }) => text).join('')).toBe(body);
  expect(said.map(({ text }) => isCalledOtherwise(text, 'Ann'))).toEqual([true, true]);
  expect(isCalledOtherwise('@Ann', 'Ann')).toBe(false);
  expect(isCalledOtherwise('@Ann', 'Anna')).toBe(true);
  expect(isCalledOtherwise('@Ann', undefined)).toBe(false);
});
