import { expect, test } from 'vitest';
import { hoursSample } from '../../office-hours/samples.ts';
import { fieldOf, firstOffer, openAfter, timeIn, whenFault } from './when-form.ts';

/** A Wednesday, 10:00 in New York. */
const NOW = Date.parse('2026-06-10T14:00:00.000Z');
const hours = hoursSample();

test('a time is the same moment in the field and out of it', () => {
  expect(timeIn(fieldOf('2026-06-11T13:30:00.000Z'))).toBe('2026-06-11T13:30:00.000Z');
  expect(fieldOf('2026-06-11T13:30:00.000Z')).toMatch(/^2026-06-1\dT\d{2}:30$/);
});

test('says what is missing or cannot be', () => {
  const fault = (iso: string) => whenFault(fieldOf(iso), NOW);
  expect(whenFault('', NOW)).toBe('scheduled.when.empty');
  expect(fault('2026-06-10T14:00:00.000Z')).toBe('scheduled.when.past');
  expect(fault('2027-07-10T14:00:00.000Z')).toBe('scheduled.when.far');
  expect(fault('2026-06-10T14:01:00.000Z')).toBeUndefined();
});

test('offers the practice’s own hours, and says where a time is outside of them', () => {
  const sunday = Date.parse('2026-06-14T14:00:00.000Z');
  const monday = '2026-06-15T13:00:00.000Z';
  expect(firstOffer(NOW, hours)).toBe('2026-06-10T15:00:00.000Z');
  expect(firstOffer(sunday, hours)).toBe(monday);
  expect(firstOffer(sunday, null)).toBe('2026-06-14T15:00:00.000Z');
  expect(firstOffer(sunday, hoursSample({ windows: [] }))).toBe('2026-06-14T15:00:00.000Z');
  expect(openAfter(fieldOf('2026-06-14T14:00:00.000Z'), hours)).toBe(monday);
  for (const [field, of] of [
    [fieldOf(monday), hours],
    ['', hours],
    [fieldOf(monday), null],
  ] as const)
    expect(openAfter(field, of)).toBeNull();
});
