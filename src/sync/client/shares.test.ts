import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { DeviceMembership } from './registry.ts';
import { countShares, forgetShares, keepShare, openShareDesk } from './shares.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from './vault/keys.ts';

async function person(): Promise<{ membership: DeviceMembership; keys: ReturnType<typeof vaultKeysOf> }> {
  const keys = vaultKeysOf(generateDataKey());
  const rest = { practice: 'willow', name: 'A', roles: ['client'], wraps: [], lockScreen: {}, usedAt: '' };
  return { membership: { id: newId(), deviceKey: await createDeviceKey(keys), ...rest }, keys };
}

const picture = (fill: number) => new Blob([new Uint8Array(300).fill(fill)]);

test('what was shared waits sealed, is taken in once, in order, and opens with that person’s keys alone', async () => {
  const [ana, ben] = [await person(), await person()];
  expect(await keepShare([picture(7), picture(8)], [ana.membership])).toBe('kept');
  const [own, others] = [openShareDesk(ana.membership, ana.keys), openShareDesk(ben.membership, ben.keys)];
  expect([await own.count(), await others.count()]).toEqual([2, 0]);
  expect([await countShares(ana.membership.id), await countShares(ben.membership.id)]).toEqual([2, 0]);
  const taken: number[] = [];
  const keep = async (bytes: Uint8Array) => taken.push(bytes[0] ?? 0, bytes.length) > 0;
  await openShareDesk(ben.membership, ben.keys).take(keep, settled);
  await openShareDesk(ana.membership, ben.keys).take(keep, settled);
  expect(taken).toEqual([]);
  expect(await own.count()).toBe(2);
  await own.take(keep, settled);
  expect(taken).toEqual([7, 300, 8, 300]);
  expect(await own.count()).toBe(0);
});

const settled = async () => undefined;

test('as many as may wait are taken in in the order in which they were shared', async () => {
  const { membership, keys } = await person();
  const fills = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(await keepShare(fills.map(picture), [membership])).toBe('kept');
  const taken: number[] = [];
  await openShareDesk(membership, keys).take(async (bytes) => taken.push(bytes[0] ?? 0) > 0, settled);
  expect(taken).toEqual(fills);
});

test('what could not be kept in the app goes on waiting: all of it, where one or their common place fails', async () => {
  const { membership, keys } = await person();
  await keepShare([picture(7), picture(8)], [membership]);
  const desk = openShareDesk(membership, keys);
  const full = () => Promise.reject(new Error('full'));
  await expect(desk.take(full, settled)).rejects.toThrow('full');
  await expect(desk.take(async () => true, full)).rejects.toThrow('full');
  let asked = 0;
  await expect(desk.take(async () => (asked++ === 0 ? true : full()), settled)).rejects.toThrow('full');
  expect(await desk.count()).toBe(2);
  // Where there is room for one only, the other waits.
  asked = 0;
  await desk.take(async () => asked++ === 0, settled);
  expect(await desk.count()).toBe(1);
  await forgetShares(membership.id);
  expect(await desk.count()).toBe(0);
});

test('nothing is kept for nobody, for one of several, of nothing, or without end', async () => {
  const [ana, ben] = [await person(), await person()];
  expect(await keepShare([picture(7)], [])).toBe('nobody');
  expect(await keepShare([picture(7)], [ana.membership, ben.membership])).toBe('several');
  expect(await keepShare([new Blob([])], [ana.membership])).toBe('nothing');
  expect(
    await keepShare(
      Array.from({ length: 9 }, () => picture(7)),
      [ana.membership],
    ),
  ).toBe('full');
  expect(await openShareDesk(ana.membership, ana.keys).count()).toBe(0);
});
