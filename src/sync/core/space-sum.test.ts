import { expect, test } from 'vitest';
import { sumOfRows } from './space-sum.ts';

const row = (id: string, version: number) => ({
  id,
  type: 'thing',
  space: 's',
  version,
  by: 'b',
  at: '2026-01-01T00:00:00.000Z',
  fields: {},
});
const [one, two] = [row('1', 5), row('2', 9)];

test('the sum is of which rows there are and of which version, in any order, tombstones aside', () => {
  const gone = { id: '3', type: 'thing', space: 's', version: 4, deleted: true } as const;
  expect(sumOfRows([one, two])).toEqual(sumOfRows([two, gone, one]));
  expect(sumOfRows([one, two])).toMatchObject({ rows: 2, sum: expect.stringMatching(/^[0-9a-f]{16}$/) });
});

test('a missing, an older and a strange row each change it', () => {
  const whole = sumOfRows([one, two]).sum;
  for (const other of [[one], [one, row('2', 8)], [one, row('3', 9)]]) expect(sumOfRows(other).sum).not.toBe(whole);
  expect(sumOfRows([])).toEqual({ rows: 0, sum: '0'.repeat(16) });
});
