import { expect, test } from 'vitest';
import { instantOf, localOf, NOW, whenOf } from './when.ts';

const now = new Date(2026, 2, 29, 9, 5, 30);

test('now is the moment of saving', () => {
  expect(instantOf(NOW, now)).toEqual({ at: now.toISOString() });
});

test('a chosen time is this device’s wall clock, to the minute', () => {
  const when = whenOf('earlier', now);
  expect(when.local).toBe('2026-03-29T09:05');
  expect(instantOf(when, now)).toEqual({ at: new Date(2026, 2, 29, 9, 5).toISOString() });
});

test('yesterday is the same hour on the day before, also over a change of clocks', () => {
  expect(whenOf('yesterday', now).local).toBe('2026-03-28T09:05');
  expect(whenOf('yesterday', new Date(2026, 0, 1, 0, 10)).local).toBe('2025-12-31T00:10');
});

test('nothing chosen and what is still to come are said', () => {
  expect(instantOf({ mode: 'earlier', local: '' }, now)).toEqual({ fault: 'missing' });
  expect(instantOf({ mode: 'earlier', local: localOf(new Date(2026, 2, 29, 9, 6)) }, now)).toEqual({ fault: 'future' });
});
