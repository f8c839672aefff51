import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countUse, countUseFor, forgetUse, usedInMonth } from './data-use.ts';

const kept = new Map<string, string>();
const NOVEMBER = new Date(2026, 10, 30, 23, 59);
const DECEMBER = new Date(2026, 11, 1, 0, 1);

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('bytes add up within a month and for one membership; a new month begins at 0', () => {
  countUseFor('ana');
  countUse('sent', 100, NOVEMBER);
  countUse('sent', 20, NOVEMBER);
  countUse('received', 7, NOVEMBER);
  expect(usedInMonth('ana', NOVEMBER)).toEqual({ sent: 120, received: 7 });
  expect(usedInMonth('ben', NOVEMBER)).toEqual({ sent: 0, received: 0 });
  expect(usedInMonth('ana', DECEMBER)).toEqual({ sent: 0, received: 0 });
  countUse('received', 5, DECEMBER);
  expect(usedInMonth('ana', DECEMBER)).toEqual({ sent: 0, received: 5 });
});

test('what was spoilt counts as nothing, and who goes leaves nothing', () => {
  countUseFor('ana');
  kept.set('interlude.used.ana', '{"month":7');
  expect(usedInMonth('ana', NOVEMBER)).toEqual({ sent: 0, received: 0 });
  countUse('sent', 3, NOVEMBER);
  forgetUse('ana');
  countUse('sent', 3, NOVEMBER);
  expect([...kept]).toEqual([]);
});

test('a browser that keeps nothing counts nothing, and stops nobody', () => {
  vi.stubGlobal('localStorage', undefined);
  countUseFor('ana');
  expect(() => countUse('sent', 3, NOVEMBER)).not.toThrow();
  expect(usedInMonth('ana', NOVEMBER)).toEqual({ sent: 0, received: 0 });
});
