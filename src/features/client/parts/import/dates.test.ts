import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderIn, readDay } from './dates.ts';

test.each([
  ['1990-05-03', '1990-05-03'],
  ['1990/5/3', '1990-05-03'],
  ['19900503', '1990-05-03'],
  ['1990-05-03T00:00:00.000Z', '1990-05-03'],
  ['1990-05-03 00:00:00', '1990-05-03'],
  ['16/10/2020', '2020-10-16'],
  ['3.5.1990', '1990-05-03'],
  ['٣/٥/١٩٩٠', '1990-05-03'],
  ['23-JUL-2019 01:08 PM', '2019-07-23'],
  ['May 3, 1990', '1990-05-03'],
  ['3rd May 1990', '1990-05-03'],
  ['3 de mayo de 1990', '1990-05-03'],
  ['3. März 1990', '1990-03-03'],
  ['29 sept. 1988', '1988-09-29'],
  ['٣ مايو ١٩٩٠', '1990-05-03'],
])('%s is read', (text, day) => {
  expect(readDay(text, 'dmy')).toEqual({ day });
});

test.each([
  ['24/02/21', 'year'],
  ['3 May 90', 'year'],
  ['31/02/1990', 'date'],
  ['05/16/1990', 'date'],
  // At that moment it is the next day in half of the world.
  ['1990-05-02T22:00:00Z', 'date'],
  ['03051990', 'date'],
  ['3 Foo 1990', 'date'],
  ['33012', 'date'],
  ['REQUIRED', 'date'],
  ['45', 'date'],
  ['1990-123', 'date'],
  ['1990-0503', 'date'],
  [`1990-05-03${' '.repeat(60)}`, 'date'],
])('%s is no day: %s', (text, fault) => {
  expect(readDay(text, 'dmy')).toEqual({ fault });
});

test('which number is the month is what the list says, or is asked', () => {
  expect(readDay('03/05/1990', 'mdy')).toEqual({ day: '1990-03-05' });
  expect(orderIn(['03/05/1990', '16/10/2020'])).toEqual({ said: 'dmy', example: '16/10/2020' });
  expect(orderIn(['03/05/1990', '10/16/2020'])).toEqual({ said: 'mdy', example: '10/16/2020' });
  expect(orderIn(['03/05/1990', '07/07/1990'])).toEqual({ said: null, example: '03/05/1990' });
  expect(orderIn(['16/10/2020', '10/16/2020', '03/05/1990'])).toEqual({ said: null, example: '03/05/1990' });
  expect(orderIn(['16/10/2020', '10/16/2020'])).toEqual({ said: null, example: '16/10/2020' });
  // What is no day in any order says nothing of the others.
  expect(orderIn(['31/02/1990', '03/05/1990'])).toEqual({ said: null, example: '03/05/1990' });
  expect(orderIn(['1990-05-03', '3 May 1990', '07/07/1990', '', 'x'])).toEqual({ said: null, example: undefined });
});

test('a cell that is made to keep a pattern busy is no day at once', () => {
  const begun = performance.now();
  for (const text of [`1${'-'.repeat(200_000)}x`, ' '.repeat(200_000), `T${' ,'.repeat(100_000)}1`]) {
    expect(readDay(text, 'dmy')).toEqual({ fault: 'date' });
    expect(orderIn([text])).toEqual({ said: null, example: undefined });
  }
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('every day that is written is read as itself, and whatever else is written is no day or one of the calendar', () => {
  const day = fc.date({ min: new Date('1880-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.constantFrom('/', '.', '-', ' '), (date, between) => {
      const [year, month, dayOfMonth] = date.toISOString().slice(0, 10).split('-');
      const wanted = { day: `${year}-${month}-${dayOfMonth}` };
      expect(readDay([dayOfMonth, month, year].join(between), 'dmy')).toEqual(wanted);
      expect(readDay([month, dayOfMonth, year].join(between), 'mdy')).toEqual(wanted);
      expect(readDay([year, month, dayOfMonth].join(between), 'mdy')).toEqual(wanted);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d/. \-TZ:]{0,24}$/)), (text) => {
      const read = readDay(text, 'dmy');
      if ('day' in read) expect(new Date(read.day).toISOString().slice(0, 10)).toBe(read.day);
    }),
  );
});
