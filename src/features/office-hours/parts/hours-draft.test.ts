import { expect, test } from 'vitest';
import { hoursSample } from '../samples.ts';
import { draftFrom, draftOf, hasRoom, hoursOf, withWindow } from './hours-draft.ts';

const draft = draftOf(hoursSample(), 'UTC');
const faultsOf = (change: Partial<typeof draft>) => {
  const said = hoursOf({ ...draft, ...change });
  return 'faults' in said ? said.faults : [];
};

test('hours that are opened and saved are the same, and so is a draft that was left', () => {
  expect(hoursOf(draft)).toEqual({ hours: hoursSample() });
  expect(draftFrom(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(draftFrom({ zone: 'UTC' })).toBeNull();
});

test('a practice begins with a week that can be saved', () => {
  expect(hoursOf(draftOf(undefined, 'Europe/Vienna'))).toMatchObject({ hours: { zone: 'Europe/Vienna' } });
});

test('says what is wrong, and where', () => {
  expect(faultsOf({ zone: 'Mars/Olympus' })).toEqual([{ at: 'zone' }]);
  expect(faultsOf({ windows: [{ weekday: 1, from: '09:00', to: '09:00' }] })).toEqual([{ at: 'window', index: 0 }]);
  for (const odd of [{ from: '' }, { to: '' }, { from: '24:00', to: '20:00' }])
    expect(faultsOf({ windows: [{ weekday: 1, from: '09:00', to: '17:00', ...odd }] })).toEqual([
      { at: 'window', index: 0 },
    ]);
  expect(faultsOf({ replyHours: undefined })).toEqual([{ at: 'replyHours' }]);
  expect(faultsOf({ holidays: '2026-12-25\n2026-02-30 soon' })).toEqual([
    { at: 'holidays', day: '2026-02-30' },
    { at: 'holidays', day: 'soon' },
  ]);
  expect(faultsOf({ guidelines: { en: 'x'.repeat(610), es: ' ' } })).toEqual([
    { at: 'guidelines', language: 'en', over: 10 },
  ]);
});

test('more hours on a day come after those that are there', () => {
  expect(withWindow(draft, 1).windows.at(-1)).toEqual({ weekday: 1, from: '17:00', to: '20:00' });
  expect(withWindow(draft, 6).windows.at(-1)).toEqual({ weekday: 6, from: '09:00', to: '17:00' });
});

test('more hours on a day end after they begin, and after midnight there is no day', () => {
  const until = (to: string) => ({ ...draft, windows: [{ weekday: 1, from: '09:00', to }] });
  const late = withWindow(until('20:00'), 1);
  expect(late.windows.at(-1)).toEqual({ weekday: 1, from: '20:00', to: '24:00' });
  expect('hours' in hoursOf(late)).toBe(true);
  expect(hasRoom(late, 1)).toBe(false);
  expect(hasRoom(late, 2)).toBe(true);
  expect(hasRoom(until(''), 1)).toBe(true);
});
