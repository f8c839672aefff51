// Who hands over whom, and who then reads her, over real devices and the real judge.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { entriesOn, entryOf, plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { clientById } from './queries.ts';
import { placeIdOf } from './schema-team.ts';

const CHANGE = 'client.changePrimary';

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const { people } = server.clinic;
  const [ana, lee, leeToo, okafor, okaforToo] = [
    ...[await take('ana'), await take('lee'), await take('lee'), await take('okafor'), await take('okafor')],
  ] as [Device, Device, Device, Device, Device];
  const [admin, desk] = [await take('admin'), await take('support')];
  const all = [ana, lee, leeToo, okafor, okaforToo, admin, desk];
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  const client = people.ana.client;
  const from = must((await desk.reader.byRef('careTeamMember', [client]))[0], 'a place').id;
  expect(await ana.act('journal.addEntry', entryOf(server, 'ana', 'Before'))).toBeUndefined();
  await meet();
  const to = people.okafor.member;
  const by = (who: Name, more: JsonObject): JsonObject & { id: string } => ({
    ...{ ...said(people[who].member), id: newId(), client, ...more },
  });
  /** One whom the front desk has taken on. */
  const taken = async (primary?: string) => {
    const details = { legalName: 'Iris Moreau', birthDate: '1988-08-08' };
    const one = {
      ...said(people.support.member),
      id: newId(),
      details,
      status: 'prospect',
      ...(primary && { primary }),
    };
    expect(await desk.act('client.addClient', one)).toBeUndefined();
    await meet();
    return one.id;
  };
  const primaries = () =>
    Promise.all([admin, desk].map(async ({ reader }) => (await clientById(reader, client))?.primary));
  return {
    server,
    people,
    client,
    from,
    to,
    by,
    taken,
    primaries,
    meet,
    ana,
    lee,
    leeToo,
    okafor,
    okaforToo,
    admin,
    desk,
  };
}

const hears = (device: Device) => device.wire.crossed.map(({ answer }) => JSON.stringify(answer)).join();

test('whom the office hands over, the new provider reads on all devices, and who has left reads no more of her', async () => {
  const { server, client, from, to, by, primaries, meet, ana, lee, leeToo, okafor, okaforToo, admin } = await clinic();
  expect(hears(okafor)).not.toContain('Before');
  expect(await admin.act(CHANGE, by('admin', { to, from, leaves: true }))).toBeUndefined();
  // At once, and without a network.
  expect((await clientById(admin.reader, client))?.primary).toBe(to);
  await meet();
  expect(await primaries()).toEqual([to, to]);
  for (const device of [okafor, okaforToo]) {
    expect(await entriesOn(device)).toEqual(['Before']);
    expect(await clientById(device.reader, client)).toMatchObject({ mine: 'primary' });
  }
  for (const device of [lee, leeToo]) {
    expect(await entriesOn(device)).toEqual([]);
    expect(await clientById(device.reader, client)).toBeNull();
  }
  expect(await ana.act('journal.addEntry', entryOf(server, 'ana', 'zq after'))).toBeUndefined();
  await meet();
  expect(await entriesOn(okafor)).toEqual(['Before', 'zq after']);
  for (const device of [lee, leeToo]) expect(hears(device)).not.toContain('zq after');
  // Who cares for her is not the client's to hear from this row.
  expect(hears(ana)).not.toContain('primaryChange');
});

test('a provider hands over whom he has and stays on the team; it is taken back whole', async () => {
  const { people, client, from, to, by, primaries, meet, lee, leeToo, okafor } = await clinic();
  const change = by('lee', { to, from, mine: from });
  expect(await lee.act(CHANGE, change)).toBeUndefined();
  await meet();
  expect(await primaries()).toEqual([to, to]);
  for (const device of [lee, leeToo])
    expect(await clientById(device.reader, client)).toMatchObject({ mine: 'care-team', primary: to });
  const back = { to: people.lee.member, place: from, from: placeIdOf(client, to), leaves: true, seen: change.id };
  expect(await lee.act(CHANGE, by('lee', { ...back, mine: from }))).toBeUndefined();
  await meet();
  expect(await primaries()).toEqual([people.lee.member, people.lee.member]);
  expect(await clientById(okafor.reader, client)).toBeNull();
  expect(await lee.rejections()).toEqual([]);
});

test('of two who hand her to different people one finds his back, and one provider is hers', async () => {
  const { people, client, from, to, by, primaries, meet, admin, lee } = await clinic();
  expect(await admin.act(CHANGE, by('admin', { to, from, leaves: true }))).toBeUndefined();
  expect(await lee.act(CHANGE, by('lee', { from, mine: from }))).toBeUndefined();
  await admin.exchange();
  await meet();
  expect(await primaries()).toEqual([to, to]);
  expect((await lee.rejections()).map(({ code }) => code)).toHaveLength(1);
  const places = await admin.reader.byRef('careTeamMember', [client]);
  expect(places.map(({ fields }) => [fields['member'], fields['primary']])).toEqual([[to, true]]);
  // Nor does the same act done twice put anybody there a second time.
  expect(await admin.act(CHANGE, by('admin', { to: people.lee.member, seen: newId() }))).toMatchObject({
    where: 'seen',
  });
});

test('the front desk gives a provider to whom has none and takes that back; it takes her from nobody', async () => {
  const { people, from, to, by, meet, taken, desk, okafor } = await clinic();
  expect(await desk.act(CHANGE, by('support', { to, from }))).toMatchObject({ code: 'not-allowed', where: 'from' });
  const ben = await taken();
  const given = { ...by('support', { to }), client: ben };
  expect(await desk.act(CHANGE, given)).toBeUndefined();
  await meet();
  expect(await clientById(okafor.reader, ben)).toMatchObject({ mine: 'primary' });
  const back = { from: placeIdOf(ben, to), leaves: true, seen: given.id };
  // To somebody else it is no way back.
  expect(await desk.act(CHANGE, { ...by('support', { ...back, to: people.lee.member }), client: ben })).toMatchObject({
    ...{ code: 'not-allowed', where: 'from' },
  });
  expect(await desk.act(CHANGE, { ...by('support', back), client: ben })).toBeUndefined();
  await meet();
  expect(await clientById(okafor.reader, ben)).toBeNull();
  expect(await clientById(desk.reader, ben)).toMatchObject({ primary: null });
  expect(await desk.rejections()).toEqual([]);
});

test.each([
  ['who is no provider', 'support', {}, { code: 'invalid-arguments', where: 'to' }],
  ['who is it already', 'lee', {}, { code: 'invalid-arguments', where: 'to' }],
  ['in place of who is not hers', 'okafor', { from: newId() }, { code: 'changed', where: 'from' }],
] as const)('she is not given to %s', async (_, to, more, refusal) => {
  const { people, from, by, admin } = await clinic();
  expect(await admin.act(CHANGE, by('admin', { to: people[to].member, from, ...more }))).toEqual(refusal);
});

test('an outsider takes nobody over, and who stands in for a while gives nobody away', async () => {
  const { server, people, client, from, to, by, primaries, meet, okafor, lee } = await clinic();
  const grab = by('okafor', { to, from, leaves: true });
  await okafor.actLocked(CHANGE, grab, new Date().toISOString());
  await okafor.exchange();
  await meet();
  expect(await primaries()).toEqual([people.lee.member, people.lee.member]);
  expect(await entriesOn(lee)).toEqual(['Before']);
  const place = newId();
  const period = { start: '2026-01-01T00:00:00.000Z', end: '2099-01-01T00:00:00.000Z' };
  const standsIn = { client, member: to, primary: false, onBehalfOf: people.lee.member, period, coverOnly: true };
  const row = { type: 'careTeamMember', id: place, space: `office:${client}`, fields: standsIn };
  await server.clinic.write('willow', [row]);
  await meet();
  expect(await okafor.act(CHANGE, by('okafor', { to, from, mine: place }))).toMatchObject({ code: 'not-allowed' });
  expect(await primaries()).toEqual([people.lee.member, people.lee.member]);
});

/** What a device that leaves something out, or says it wrongly, sends: judged by the server alone. */
async function sent(device: Device, args: JsonObject) {
  const before = (await device.rejections()).length;
  await device.actLocked(CHANGE, args, new Date().toISOString());
  await device.exchange();
  return (await device.rejections()).slice(before).map(({ code }) => code);
}

test('that a client has nobody is not the author to say: nobody becomes a second primary provider', async () => {
  const { people, client, to, by, primaries, meet, taken, desk, admin } = await clinic();
  const lees = await taken(people.lee.member);
  // Of Ana, who was there before it was written whose she is, only who may anyway.
  for (const [who, code] of [
    [lees, 'changed'],
    [client, 'not-allowed'],
  ] as const)
    expect(await sent(desk, { ...by('support', { to }), client: who })).toEqual([code]);
  expect(await sent(admin, { ...by('admin', { to }), client: lees })).toEqual(['changed']);
  await meet();
  for (const one of [lees, client]) {
    const places = await admin.reader.byRef('careTeamMember', [one]);
    expect(places.map(({ fields }) => fields['member'])).toEqual([people.lee.member]);
  }
  expect(await primaries()).toEqual([people.lee.member, people.lee.member]);
});

test('who has given a provider takes back that alone, and puts off the team only whom he has put there', async () => {
  const { people, to, by, meet, taken, desk, admin } = await clinic();
  const ben = await taken();
  const membersOf = async () =>
    (await admin.reader.byRef('careTeamMember', [ben])).map(({ fields }) => [fields['member'], fields['primary']]);
  const place = placeIdOf(ben, to);
  // Okafor is on the team already, as it is left by an admin.
  const first = { ...by('admin', { to }), client: ben };
  const second = { ...by('admin', { to: people.lee.member, from: place, seen: first.id }), client: ben };
  const third = { ...by('admin', { from: placeIdOf(ben, people.lee.member), seen: second.id }), client: ben };
  for (const change of [first, second, third]) expect(await admin.act(CHANGE, change)).toBeUndefined();
  await meet();
  const given = { ...by('support', { to, seen: third.id }), client: ben };
  expect(await desk.act(CHANGE, given)).toBeUndefined();
  await meet();
  const back = (more: JsonObject) => ({ ...by('support', { seen: given.id, ...more }), client: ben });
  expect(await sent(desk, back({ from: place, leaves: true }))).toEqual(['not-allowed']);
  expect(await sent(desk, back({ from: placeIdOf(ben, people.lee.member), leaves: true }))).toEqual(['changed']);
  expect(await sent(desk, back({ from: place, to: people.lee.member }))).toEqual(['not-allowed']);
  expect(await desk.act(CHANGE, back({ from: place }))).toBeUndefined();
  await meet();
  expect(new Map((await membersOf()) as [string, boolean][])).toEqual(
    new Map([
      [to, false],
      [people.lee.member, false],
    ]),
  );
});
