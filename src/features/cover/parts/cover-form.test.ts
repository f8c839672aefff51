import { expect, test } from 'vitest';
import { askedOf, faultsOf, formIn, NO_COVER } from './cover-form.ts';

const NOW = Date.parse('2026-06-10T12:00');
const form = { absent: 'lee', member: 'okafor', start: '2026-06-11T08:00', end: '2026-06-20T08:00' };

test('what is missing or cannot be is said', () => {
  expect(faultsOf(form, NOW)).toEqual({});
  expect(faultsOf(NO_COVER, NOW)).toEqual({
    absent: 'cover.absent.empty',
    member: 'cover.member.empty',
    start: 'cover.start.empty',
    end: 'cover.until.empty',
  });
  expect(faultsOf({ ...form, member: 'lee' }, NOW)).toEqual({ member: 'cover.member.empty' });
  for (const [end, fault] of [
    ['2026-06-11T08:00', 'cover.until.early'],
    ['2026-06-09T08:00', 'cover.until.past'],
    ['2027-06-20T08:00', 'cover.until.long'],
  ] as const)
    expect(faultsOf({ ...form, end }, NOW)).toEqual({ end: fault });
});

test('what is kept are instants, and what was left in another form is not shown as this one’s', () => {
  expect(askedOf(form)).toEqual({
    ...form,
    start: new Date(form.start).toISOString(),
    end: new Date(form.end).toISOString(),
  });
  expect(formIn({ ...form })).toEqual(form);
  expect(formIn({ body: 'text' })).toBeNull();
});
