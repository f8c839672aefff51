import { expect, test } from 'vitest';
import { hoursSample } from '../office-hours/samples.ts';
import { dayIn, goesAt, openTimes } from './schema-when.ts';

const hours = hoursSample();
const free = () => false;
const now = Date.parse('2026-06-01T12:00:00.000Z');

test('goes so many days after, in open hours', () => {
  const open = openTimes(hours, 'UTC');
  const on = (at: string, delayDays = 0) => goesAt(at, { delayDays, now, open, isTaken: free });
  expect(on('2026-06-10T14:00:00.000Z')).toBe('2026-06-10T14:00:00.000Z');
  expect(on('2026-06-10T23:00:00.000Z')).toBe('2026-06-11T13:00:00.000Z');
  // Three days after a Wednesday is a Saturday.
  expect(on('2026-06-10T14:00:00.000Z', 3)).toBe('2026-06-15T13:00:00.000Z');
});

test('what was found long after it happened goes at the next open moment, not in the past and not at night', () => {
  const open = openTimes(hours, 'UTC');
  const found = (iso: string, delayDays = 0) =>
    goesAt('2026-06-01T14:00:00.000Z', { delayDays, now: Date.parse(iso), open, isTaken: free });
  expect(found('2026-06-10T14:00:00.000Z')).toBe('2026-06-10T14:00:00.000Z');
  expect(found('2026-06-10T23:00:00.000Z', 7)).toBe('2026-06-11T13:00:00.000Z');
});

test('a practice without hours says nothing at night', () => {
  const open = openTimes(null, 'America/Chicago');
  expect(goesAt('2026-06-13T04:00:00.000Z', { delayDays: 0, now, open, isTaken: free })).toBe(
    '2026-06-13T13:00:00.000Z',
  );
  expect(openTimes(hoursSample({ windows: [] }), 'UTC')).toMatchObject({ zone: 'America/New_York' });
});

test('steps over days that are taken, by the practice’s own calendar', () => {
  const open = openTimes(hours, 'UTC');
  const isTaken = (day: string) => ['2026-06-10', '2026-06-11'].includes(day);
  expect(goesAt('2026-06-10T14:00:00.000Z', { delayDays: 0, now, open, isTaken })).toBe('2026-06-12T14:00:00.000Z');
  expect(dayIn('2026-06-11T02:00:00.000Z', 'America/New_York')).toBe('2026-06-10');
  expect(dayIn('2026-06-11T02:00:00.000Z', 'No/Where')).toBe('2026-06-11');
});
