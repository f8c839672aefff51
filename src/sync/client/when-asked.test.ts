import { expect, test } from 'vitest';
import { whenAsked } from './when-asked.ts';

test('it is made once, and again where that failed', async () => {
  const made: string[] = [];
  const ask = whenAsked(async () => {
    made.push('tried');
    if (made.length === 1) throw new Error('no network');
    return 'desk';
  });
  await expect(ask()).rejects.toThrow('no network');
  expect(await Promise.all([ask(), ask()])).toEqual(['desk', 'desk']);
  expect(made).toEqual(['tried', 'tried']);
});
