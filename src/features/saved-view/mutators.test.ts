// Views of the list over real devices and the real judge: on all of one's own, and on nobody else's.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { viewsOf } from './queries.ts';

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [lee, leeToo] = [await take('lee'), await take('lee')];
  const others = [await take('okafor'), await take('support'), await take('owner'), await take('ana')];
  const meet = async () => {
    for (let i = 0; i < 2; i++) for (const device of [lee, leeToo, ...others]) await device.exchange();
  };
  const view = (more: JsonObject = {}) => ({
    ...{ ...said(server.clinic.people.lee.member), id: newId() },
    ...{ name: 'zq-mine', asked: { only: 'reply', status: 'active' }, rank: 0, ...more },
  });
  return { server, lee, leeToo, others, meet, view };
}

test('a view is on all of one’s own devices, in one’s own order, and on nobody else’s', async () => {
  const { lee, leeToo, others, meet, view } = await clinic();
  const [first, second] = [view({ rank: 1 }), view({ name: 'zq-other', rank: 0 })];
  expect(await lee.act('savedView.keep', first)).toBeUndefined();
  expect(await leeToo.act('savedView.keep', second)).toBeUndefined();
  await meet();
  for (const { reader } of [lee, leeToo])
    expect((await viewsOf(reader)).map(({ name }) => name)).toEqual(['zq-other', 'zq-mine']);
  for (const device of others) {
    expect(await viewsOf(device.reader)).toEqual([]);
    expect(JSON.stringify(device.wire.crossed.map(({ answer }) => answer))).not.toContain('zq-');
  }
});

test('what was removed comes back where it stood; of two changes the last holds', async () => {
  const { server, lee, leeToo, meet, view } = await clinic();
  const kept = view();
  const who = said(server.clinic.people.lee.member);
  await lee.act('savedView.keep', kept);
  await meet();
  expect(await leeToo.act('savedView.remove', { ...who, id: kept.id })).toBeUndefined();
  await meet();
  expect(await viewsOf(lee.reader)).toEqual([]);
  expect(await leeToo.act('savedView.keep', kept)).toBeUndefined();
  await meet();
  await lee.act('savedView.keep', { ...kept, name: 'zq-one' });
  await leeToo.act('savedView.keep', { ...kept, name: 'zq-two' });
  await meet();
  for (const { reader } of [lee, leeToo])
    expect(await viewsOf(reader)).toMatchObject([{ id: kept.id, name: 'zq-two', asked: kept.asked }]);
  expect(await lee.rejections()).toEqual([]);
  expect(await leeToo.act('savedView.remove', { ...who, id: newId() })).toMatchObject({ code: 'not-there' });
});

test.each([
  ['no name', { name: ' ' }],
  ['a question with somebody’s name in it', { asked: { typed: 'Ana Morales' } }],
  ['a place that is none', { rank: -1 }],
])('a view with %s is refused', async (_, wrong) => {
  const { lee, view } = await clinic();
  expect(await lee.act('savedView.keep', view(wrong))).toMatchObject({ code: 'invalid-arguments' });
});
