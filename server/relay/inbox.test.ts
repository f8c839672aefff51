import { expect, test } from 'vitest';
import { Bucket } from './inbox.ts';

test('a burst goes at once, what comes after it at its pace, and a pause earns a burst again', () => {
  let now = 0;
  const bucket = new Bucket(3, 100, () => now);
  expect([1, 2, 3, 4, 5].map(() => bucket.wait())).toEqual([0, 0, 0, 10, 20]);
  now = 1000;
  expect([1, 2, 3, 4].map(() => bucket.wait())).toEqual([0, 0, 0, 10]);
});
