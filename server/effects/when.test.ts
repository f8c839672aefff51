import { expect, test } from 'vitest';
import { digestAt, isQuiet, localTime, quietUntil } from './when.ts';

const NIGHT = { from: 21, to: 8 };
const at = (text: string) => new Date(text);

test('a local day and hour, in summer and winter, and in UTC where the zone is not known', () => {
  expect(localTime(at('2026-01-15T04:59:00Z'), 'America/New_York')).toEqual({ day: '2026-01-14', hour: 23 });
  expect(localTime(at('2026-07-15T04:00:00Z'), 'America/New_York')).toEqual({ day: '2026-07-15', hour: 0 });
  expect(localTime(at('2026-07-15T04:00:00Z'), 'Middle/Earth')).toEqual({ day: '2026-07-15', hour: 4 });
});

test.each([
  ['2026-06-10T00:59:00Z', false],
  ['2026-06-10T01:00:00Z', true],
  ['2026-06-10T11:59:00Z', true],
  ['2026-06-10T12:00:00Z', false],
])('quiet over midnight in New York: %s %s', (time, quiet) => {
  expect(isQuiet(at(time), NIGHT, 'America/New_York')).toBe(quiet);
});

test('quiet within a day, never, and always', () => {
  const noon = at('2026-06-10T12:30:00Z');
  expect(isQuiet(noon, { from: 12, to: 13 }, 'UTC')).toBe(true);
  expect(isQuiet(at('2026-06-10T13:00:00Z'), { from: 12, to: 13 }, 'UTC')).toBe(false);
  expect(isQuiet(noon, 'off', 'UTC')).toBe(false);
  expect(quietUntil(noon, 'off', 'UTC')).toEqual(noon);
  expect(quietUntil(noon, { from: 5, to: 5 }, 'UTC')).toBeNull();
});

test('quiet ends at the local hour, also in zones of half and quarter hours', () => {
  expect(quietUntil(at('2026-06-10T03:00:00Z'), NIGHT, 'America/New_York')).toEqual(at('2026-06-10T12:00:00Z'));
  expect(quietUntil(at('2026-06-10T20:00:00Z'), NIGHT, 'Asia/Kathmandu')).toEqual(at('2026-06-11T02:15:00Z'));
});

test('a digest is due at the next time the hour strikes, and not at once after it', () => {
  expect(digestAt(at('2026-06-10T11:59:00Z'), 8, 'America/New_York')).toEqual(at('2026-06-10T12:00:00Z'));
  expect(digestAt(at('2026-06-10T12:01:00Z'), 8, 'America/New_York')).toEqual(at('2026-06-11T12:00:00Z'));
  expect(digestAt(at('2026-06-10T12:01:00Z'), 0, 'UTC')).toEqual(at('2026-06-11T00:00:00Z'));
});

test('an hour that the clocks leave out is the next one, on that day', () => {
  // New York, 8 March 2026: two o'clock does not come.
  expect(digestAt(at('2026-03-08T05:00:00Z'), 2, 'America/New_York')).toEqual(at('2026-03-08T07:00:00Z'));
  expect(digestAt(at('2026-03-08T07:00:01Z'), 2, 'America/New_York')).toEqual(at('2026-03-09T06:00:00Z'));
});

test('an hour that comes twice counts once', () => {
  // New York, 1 November 2026: one o'clock comes at 5 and at 6 UTC.
  expect(digestAt(at('2026-11-01T04:00:00Z'), 1, 'America/New_York')).toEqual(at('2026-11-01T05:00:00Z'));
  expect(digestAt(at('2026-11-01T05:00:01Z'), 1, 'America/New_York')).toEqual(at('2026-11-02T06:00:00Z'));
});

test('a day that a zone leaves out brings no digest', () => {
  // Samoa went from 29 to 31 December 2011.
  expect(digestAt(at('2011-12-29T19:00:00Z'), 8, 'Pacific/Apia')).toEqual(at('2011-12-30T18:00:00Z'));
  expect(localTime(at('2011-12-30T18:00:00Z'), 'Pacific/Apia')).toEqual({ day: '2011-12-31', hour: 8 });
});
