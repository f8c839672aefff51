import { expect, test } from 'vitest';
import type { Away, AwayDay } from './schema.ts';
import { awayAt } from './schema-windows.ts';

const NEW_YORK = 'America/New_York';
/** Evenings from Monday to Thursday, from Friday afternoon until Monday morning, in summer (UTC - 4). */
const WEEK: AwayDay[] = [
  'day',
  ...Array.from({ length: 4 }, () => ({ from: '17:00', to: '08:00' })),
  { from: '13:00', to: '00:00' },
  'day',
];
const weekly = { days: WEEK, text: 'Until the morning.', zone: NEW_YORK };
const at = (iso: string, setting: Away = { isOn: true, weekly }) => awayAt(setting, new Date(iso));

test('is away in the windows of the week and in no other moment', () => {
  // A Wednesday, by the clocks of New York.
  for (const [utc, isAway] of [
    ['2026-06-10T20:59:00.000Z', false],
    ['2026-06-10T21:00:00.000Z', true],
    ['2026-06-11T04:00:00.000Z', true],
    ['2026-06-11T11:59:00.000Z', true],
    ['2026-06-11T12:00:00.000Z', false],
    ['2026-06-12T16:59:00.000Z', false],
    ['2026-06-12T17:00:00.000Z', true],
  ] as const)
    expect([utc, at(utc) !== null]).toEqual([utc, isAway]);
});

test('what touches is one window, over midnight and over the end of the week, and ends where one is back', () => {
  const night = ['2026-06-10T21:00:00.000Z', '2026-06-11T04:30:00.000Z', '2026-06-11T11:59:59.000Z'].map((utc) =>
    at(utc),
  );
  expect(new Set(night.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(night[0]).toEqual({
    key: 'weekly 2026-06-10 1020',
    text: 'Until the morning.',
    until: '2026-06-11T12:00:00.000Z',
  });
  const weekend = [
    '2026-06-12T17:00:00.000Z',
    '2026-06-13T12:00:00.000Z',
    '2026-06-14T03:59:00.000Z',
    '2026-06-14T23:00:00.000Z',
  ];
  expect(new Set(weekend.map((utc) => at(utc)?.key))).toEqual(new Set(['weekly 2026-06-12 780']));
  // Sunday is all day, and Monday is worked from its first minute.
  expect(at(weekend[0] ?? '')?.until).toBe('2026-06-15T04:00:00.000Z');
  expect(at('2026-06-19T17:00:00.000Z')?.key).toBe('weekly 2026-06-19 780');
});

test('who is always away is in one window without an end', () => {
  const days: AwayDay[] = Array.from({ length: 7 }, () => 'day');
  const always = { isOn: true, weekly: { ...weekly, days } };
  expect(at('2026-06-10T21:00:00.000Z', always)).toEqual({ key: 'always', text: weekly.text, until: null });
  expect(at('2026-06-14T04:00:00.000Z', always)?.key).toBe('always');
  const never = { isOn: true, weekly: { ...weekly, days: days.map(() => 'off' as const) } };
  expect(at('2026-06-10T21:00:00.000Z', never)).toBeNull();
});

test('one time comes before the week, with and without an end; off wins over both', () => {
  const once = { from: '2026-06-10T00:00:00.000Z', to: '2026-06-20T00:00:00.000Z', text: 'On leave.' };
  const both: Away = { isOn: true, once, weekly };
  expect(at('2026-06-10T21:00:00.000Z', both)).toEqual({ key: `once ${once.from}`, text: 'On leave.', until: once.to });
  expect(at('2026-06-09T23:59:59.000Z', both)?.text).toBe(weekly.text);
  expect(at('2026-06-20T00:00:00.000Z', both)?.text).toBe(weekly.text);
  const { to: _, ...open } = once;
  expect(at('2030-01-01T12:00:00.000Z', { isOn: true, once: open })).toMatchObject({ until: null });
  expect(at('2026-06-10T21:00:00.000Z', { ...both, isOn: false })).toBeNull();
  expect(awayAt(undefined, new Date())).toBeNull();
  expect(at('2026-06-10T21:00:00.000Z', { isOn: true, once: null, weekly: null })).toBeNull();
});

test('in a zone that is not known here nobody is away by the week', () => {
  expect(at('2026-06-10T21:00:00.000Z', { isOn: true, weekly: { ...weekly, zone: 'Mars/Olympus' } })).toBeNull();
});
