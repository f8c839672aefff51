import { expect, test } from 'vitest';
import { createProgress, inUnits } from './progress.ts';

test('sizes are told in units of a thousand', () => {
  expect([0, 999, 1000, 1_234_567, 5e9, 7e15].map(inUnits)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '5.0 GB',
    '7000.0 TB',
  ]);
});

test('long work says now and then how far it is, short work nothing', () => {
  let now = 0;
  const said: string[] = [];
  const count = createProgress(
    (text) => said.push(text),
    () => now,
  ).counter('rows');
  for (; now < 4500; now += 100) count(1000);
  expect(said).toEqual(['  rows: 21.0 kB so far\n', '  rows: 41.0 kB so far\n']);
});
