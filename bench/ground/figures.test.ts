import { expect, test } from 'vitest';
import { entryFields, wordsOf } from './entries.ts';
import { median, percentile, tableOf } from './figures.ts';

test('a percentile is one of the figures, and not below what it promises', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(hundred, 95)).toBe(95);
  expect(percentile([3, 1, 2], 95)).toBe(3);
  expect(median([9, 1, 5])).toBe(5);
});

test('a missed target is named', () => {
  const text = tableOf('Sizes', [
    { what: 'small', figure: '1', target: '<= 2', isMet: true },
    { what: 'large', figure: '3', target: '<= 2', isMet: false },
  ]);
  expect(text).toContain('small  1  <= 2\n');
  expect(text).toContain('large  3  <= 2 MISSED\n');
});

test('entries differ, are the same in every run, and go up in time', () => {
  const words = Array.from({ length: 100 }, (_, i) => wordsOf(i));
  expect(new Set(words).size).toBeGreaterThan(95);
  expect(wordsOf(7)).toBe(words[7]);
  expect(Math.min(...words.map((text) => text.length))).toBeGreaterThan(20);
  expect(String(entryFields('c', 1)['at']) < String(entryFields('c', 2)['at'])).toBe(true);
});
