import { describe, expect, test } from 'vitest';
import { hoursSample } from './samples.ts';
import { dueBy, isOpenAt } from './schema-due.ts';
import { hoursFields } from './schema-hours.ts';
import type { Hours } from './schema-hours.ts';

const due = (since: string, change: Partial<Hours> = {}) => dueBy(since, hoursSample(change));
const week = (from: string, to: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));

describe('an answer is due', () => {
  test('after so many open hours, over night and weekend', () => {
    // Monday 2 February 2026, 10:00 in New York.
    expect(due('2026-02-02T15:00:00.000Z', { replyHours: 2 })).toBe('2026-02-02T17:00:00.000Z');
    expect(due('2026-02-02T15:00:00.000Z', { replyHours: 7 })).toBe('2026-02-02T22:00:00.000Z');
    expect(due('2026-02-02T15:00:00.000Z', { replyHours: 8 })).toBe('2026-02-03T15:00:00.000Z');
    // Friday 16:00: one hour on Friday, the others on Monday.
    expect(due('2026-02-06T21:00:00.000Z', { replyHours: 3 })).toBe('2026-02-09T16:00:00.000Z');
  });

  test('from the next opening, where it came before or after the hours', () => {
    expect(due('2026-02-02T05:30:00.000Z', { replyHours: 1 })).toBe('2026-02-02T15:00:00.000Z');
    expect(due('2026-02-02T23:30:00.000Z', { replyHours: 1 })).toBe('2026-02-03T15:00:00.000Z');
    // Saturday noon, and the very minute in which it closes on Friday.
    expect(due('2026-02-07T17:00:00.000Z', { replyHours: 1 })).toBe('2026-02-09T15:00:00.000Z');
    expect(due('2026-02-06T22:00:00.000Z', { replyHours: 1 })).toBe('2026-02-09T15:00:00.000Z');
  });

  test('not on a holiday, which is one of the practice, not of the reader', () => {
    // Thursday 24 December 2026, 16:00 in New York; Friday is closed.
    expect(due('2026-12-24T21:00:00.000Z', { replyHours: 2 })).toBe('2026-12-28T15:00:00.000Z');
    // In UTC it is Friday already; in New York it is still Thursday evening.
    expect(due('2026-12-25T01:00:00.000Z', { replyHours: 1, holidays: [] })).toBe('2026-12-25T15:00:00.000Z');
    expect(due('2026-12-25T01:00:00.000Z', { replyHours: 1 })).toBe('2026-12-28T15:00:00.000Z');
  });

  test('by the clock on the wall where clocks change', () => {
    // New York: 8 March 2026 forward, 1 November 2026 back. Friday 16:00 to Monday 10:00.
    expect(due('2026-03-06T21:00:00.000Z', { replyHours: 2 })).toBe('2026-03-09T14:00:00.000Z');
    expect(due('2026-10-30T20:00:00.000Z', { replyHours: 2 })).toBe('2026-11-02T15:00:00.000Z');
  });

  test('by time that has passed, in a window in which clocks change', () => {
    // Open from midnight to eight: seven hours in spring, nine in autumn.
    const windows = week('00:00', '08:00');
    const [spring, autumn] = ['2026-03-08T05:00:00.000Z', '2026-11-01T04:00:00.000Z'];
    expect(due(spring, { windows, replyHours: 7 })).toBe('2026-03-08T12:00:00.000Z');
    expect(due(spring, { windows, replyHours: 8 })).toBe('2026-03-09T05:00:00.000Z');
    expect(due(autumn, { windows, replyHours: 9 })).toBe('2026-11-01T13:00:00.000Z');
    expect(due(autumn, { windows, replyHours: 10 })).toBe('2026-11-02T06:00:00.000Z');
  });

  test('where a window begins in the hour that is left out, as long after the change', () => {
    const windows = week('02:30', '05:00');
    // 02:30 is not there: it is 03:30 then.
    expect(due('2026-03-08T05:00:00.000Z', { windows, replyHours: 1 })).toBe('2026-03-08T08:30:00.000Z');
  });

  test('around the clock, and in zones ahead of UTC', () => {
    expect(due('2026-02-07T17:00:00.000Z', { windows: week('00:00', '24:00'), replyHours: 30 })).toBe(
      '2026-02-08T23:00:00.000Z',
    );
    // Auckland, Monday 8:00 there is Sunday 19:00 UTC.
    expect(due('2026-02-01T19:00:00.000Z', { zone: 'Pacific/Auckland', replyHours: 1 })).toBe(
      '2026-02-01T21:00:00.000Z',
    );
  });

  test('with hours that overlap counted once', () => {
    const windows = [...week('09:00', '12:00'), ...week('10:00', '13:00')];
    expect(due('2026-02-02T14:00:00.000Z', { windows, replyHours: 4 })).toBe('2026-02-02T18:00:00.000Z');
    expect(due('2026-02-02T15:30:00.000Z', { windows, replyHours: 3 })).toBe('2026-02-03T14:30:00.000Z');
  });

  test('never, where there are no hours, or none that are not holidays', () => {
    expect(due('2026-02-02T15:00:00.000Z', { windows: [] })).toBeNull();
  });

  test('also where this device does not know the zone', () => {
    expect(due('2026-02-02T10:00:00.000Z', { zone: 'Mars/Olympus', replyHours: 1 })).toBe('2026-02-02T11:00:00.000Z');
  });
});

test('the practice is open in its windows and at no other time', () => {
  const isOpen = (at: string) => isOpenAt(Date.parse(at), hoursSample());
  expect(isOpen('2026-02-02T14:00:00.000Z')).toBe(true);
  expect(isOpen('2026-02-02T21:59:00.000Z')).toBe(true);
  expect(isOpen('2026-02-02T13:59:00.000Z')).toBe(false);
  expect(isOpen('2026-02-02T22:00:00.000Z')).toBe(false);
  expect(isOpen('2026-02-07T17:00:00.000Z')).toBe(false);
  expect(isOpen('2026-12-25T17:00:00.000Z')).toBe(false);
});

test('hours that cannot be kept are not taken', () => {
  const good = hoursSample();
  expect(hoursFields.parse(good)).toEqual(good);
  const odd: Partial<Record<keyof Hours, unknown>>[] = [
    { zone: 'Mars/Olympus' },
    { windows: [{ weekday: 1, from: '17:00', to: '09:00' }] },
    { windows: [{ weekday: 0, from: '09:00', to: '17:00' }] },
    { windows: [{ weekday: 1, from: '9', to: '17:00' }] },
    { windows: [{ weekday: 1, from: '09:00', to: '24:30' }] },
    { holidays: ['Christmas'] },
    { replyHours: 0 },
    { guidelines: { en: ' ' } },
  ];
  for (const change of odd) expect(() => hoursFields.parse({ ...good, ...change }), JSON.stringify(change)).toThrow();
});
