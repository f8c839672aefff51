import { expect, test } from 'vitest';
import type { Away } from '../schema.ts';
import { faultsOf, formIn, formOf, settingOf } from './away-form.ts';

const once = { from: '2026-06-10T16:00:00.000Z', to: '2026-06-20T06:30:00.000Z', text: 'On leave.' };
const weekly: Away['weekly'] = {
  days: ['day', { from: '17:00', to: '08:00' }, 'off', 'off', 'off', 'off', 'day'],
  text: 'At night.',
  zone: 'America/New_York',
};

test.each<Away>([
  { isOn: true, once, weekly },
  { isOn: false, once: { from: once.from, text: 'No end.' } },
  { isOn: true, weekly },
  { isOn: true },
])('what is kept is shown, and kept again as it was', (setting) => {
  expect(settingOf(formOf(setting), 'America/New_York')).toEqual(setting);
  expect(faultsOf(formOf(setting))).toEqual({});
});

test('what is missing is said, and only of the part that is used', () => {
  const form = { ...formOf(null), isOnce: true, isWeekly: true };
  expect(faultsOf(form)).toEqual({
    from: 'away.from.empty',
    onceText: 'away.text.empty',
    weeklyText: 'away.text.empty',
  });
  const days = form.days.map((day) => ({ ...day, is: 'hours' as const, to: '' }));
  const early = { from: '2026-06-10T12:00', to: '2026-06-10T12:00', onceText: 'x'.repeat(1001), weeklyText: 'x', days };
  expect(faultsOf({ ...form, ...early })).toEqual({
    to: 'away.to.early',
    onceText: 'away.text.long',
    days: 'away.time.empty',
  });
  expect(faultsOf({ ...form, ...early, isOnce: false, isWeekly: false })).toEqual({});
});

test('what was left in another release’s form is not shown as this one’s', () => {
  expect(formIn({ ...formOf({ isOn: true, once }) } as never)).toEqual(formOf({ isOn: true, once }));
  expect(formIn({ body: 'text' })).toBeNull();
});
