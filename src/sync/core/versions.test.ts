import { expect, test } from 'vitest';
import { agreeOn, cannotPull, cannotPush, lowestOf, PROTOCOLS } from './versions.ts';

test('the protocols of this release; the lowest comes first', () => {
  expect(PROTOCOLS).toEqual([1]);
  expect(lowestOf()).toBe(1);
  expect(lowestOf([3, 2])).toBe(2);
});

test.each([
  ['the same', [1], [1], 1],
  ['a newer server that still speaks the old one', [1], [1, 2], 1],
  ['a newer client that still speaks the old one', [1, 2], [1], 1],
  ['the highest of several', [1, 2, 3], [2, 3, 4], 3],
  ['in whatever order they are named', [3, 1, 2], [2, 1], 2],
  ['a client that speaks nothing any more', [1], [2, 3], 'client-too-old'],
  ['a client that offers nothing', [], [1], 'client-too-old'],
  ['a server that speaks nothing of it yet', [2], [1], 'server-too-old'],
  ['a client of a number that was never spoken here', [2], [1, 3], 'client-too-old'],
] as const)('%s', (_, offered, spoken, agreed) => {
  expect(agreeOn(offered, spoken)).toBe(agreed);
});

test('rows go out under a number that is spoken here; words are taken under every older one', () => {
  const spoken = [3, 4];
  expect([undefined, 2, 3, 4, 5].map((said) => cannotPull(said, spoken))).toEqual([
    ...['client-too-old', 'client-too-old', null, null, 'server-too-old'],
  ]);
  expect([undefined, 2, 3, 4, 5].map((said) => cannotPush(said, spoken))).toEqual([
    ...[null, null, null, null, 'server-too-old'],
  ]);
  expect([cannotPull(undefined), cannotPush(undefined)]).toEqual([null, null]);
});
