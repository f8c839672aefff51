import { expect, test } from 'vitest';
import { createHub } from './hub.ts';

const practice = { id: 'p', slug: 'p', version: 1, relationsVersion: 1, horizon: 0, backedUpThrough: 0, epoch: 'e' };

function listener(device: string, change: { practiceId?: string; memberId?: string; spaces?: string[] } = {}) {
  const heard: (string | number)[] = [];
  const looked: string[] = [];
  const { practiceId = 'p', memberId = `m-${device}`, spaces = ['s'] } = change;
  return {
    heard,
    looked,
    practiceId,
    slug: practiceId,
    memberId,
    userId: `u-${memberId}`,
    device,
    spaces: async () => new Set(spaces),
    poke: () => void heard.push('poke'),
    look: () => void looked.push(device),
    close: (code: number) => void heard.push(code),
  };
}

test('pokes those who read the space, in this practice, apart from the device that wrote', async () => {
  const hub = createHub();
  const [reader, writer, blind, foreign] = [
    listener('reader'),
    listener('writer'),
    listener('blind', { spaces: ['other'] }),
    listener('foreign', { practiceId: 'q' }),
  ];
  for (const each of [reader, writer, blind, foreign]) hub.add(each);
  await hub.pokeSpaces(practice, new Set(['s', 't']), 'writer');
  expect([reader, writer, blind, foreign].map(({ heard }) => heard)).toEqual([['poke'], [], [], []]);
  await hub.pokeSpaces(practice, new Set(), 'nobody');
  expect(reader.heard).toEqual(['poke']);
});

test('of headers who reads them hears, and nobody has to look again', async () => {
  const hub = createHub();
  const [reader, blind] = [listener('reader'), listener('blind', { spaces: ['other'] })];
  for (const each of [reader, blind]) hub.add(each);
  await hub.pokeHeaders(practice, new Set(['s', 't']));
  expect([reader, blind].map(({ heard, looked }) => [heard, looked])).toEqual([
    [['poke'], []],
    [[], []],
  ]);
});

test('one whose spaces cannot be told looks by himself, and keeps nobody else from hearing', async () => {
  const hub = createHub();
  const [lost, reader] = [listener('lost'), listener('reader')];
  lost.spaces = async () => {
    throw new Error('away');
  };
  for (const each of [lost, reader]) hub.add(each);
  await hub.pokeSpaces(practice, new Set(['s']), '');
  expect([lost, reader].map(({ heard, looked }) => [heard.length, looked.length])).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

test('pokes members, and nobody who has left', () => {
  const hub = createHub();
  const [a, b, elsewhere] = [listener('a'), listener('b'), listener('c', { practiceId: 'q', memberId: 'm-a' })];
  const leave = [a, b, elsewhere].map((each) => hub.add(each));
  hub.pokeMembers('p', ['m-a']);
  expect([a.heard, b.heard, elsewhere.heard]).toEqual([['poke'], [], []]);
  leave[0]?.();
  hub.pokeMembers('p', ['m-a']);
  expect(a.heard).toEqual(['poke']);
  expect(hub.size).toBe(2);
});

test('pokes everyone in a practice, apart from the device that wrote', () => {
  const hub = createHub();
  const [a, writer, elsewhere] = [listener('a', { spaces: [] }), listener('w'), listener('c', { practiceId: 'q' })];
  for (const each of [a, writer, elsewhere]) hub.add(each);
  hub.pokeAll('p', 'w');
  expect([a, writer, elsewhere].map(({ heard }) => heard)).toEqual([['poke'], [], []]);
  // What the writer has open may have gone by his own act.
  expect([a, writer, elsewhere].map(({ looked }) => looked.length)).toEqual([1, 1, 0]);
  hub.pokeEverybody();
  expect([a, writer, elsewhere].map(({ looked }) => looked.length)).toEqual([2, 2, 1]);
  expect(elsewhere.heard).toEqual(['poke']);
});

test('closes a person everywhere, or all', () => {
  const hub = createHub();
  const [phone, other] = [listener('a'), listener('b')];
  const second = listener('c', { practiceId: 'q', memberId: 'm-a' });
  for (const each of [phone, other, second]) hub.add(each);
  hub.closeUser('u-m-a', 4401);
  expect([phone.heard, other.heard, second.heard]).toEqual([[4401], [], [4401]]);
  hub.closeAll(1012);
  expect([phone.heard, other.heard, second.heard]).toEqual([[4401, 1012], [1012], [4401, 1012]]);
});
