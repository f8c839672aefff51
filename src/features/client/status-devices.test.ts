// How care ends and begins again, over real devices, the real judge and the real relay: what stands against it, what follows, and what
// the client never hears.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf, entriesOn, entryOf, onEntry, said } from '../../sync/testing/people.ts';
import { CHAT } from '../chat/doc-names.ts';
import { waitingConversations } from '../chat/queries-duty.ts';
import { CHAT_SETTING, settingIdOf } from '../chat/schema-setting.ts';
import { conversationIdOf } from '../chat/schema.ts';
import { say as sayAt, textsOn } from '../chat/talk.fixture.ts';
import { declared } from '../shared.ts';
import { namedBy, statusOf } from './queries-status.ts';

const AT = '2026-06-10T12:00:00.000Z';
const REASON = 'zq-reason';
const SAID = 'Your care here has ended.';

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const { people } = server.clinic;
  const [ana, anaToo, lee, leeToo] = [await take('ana'), await take('ana'), await take('lee'), await take('lee')];
  const [desk, okafor] = [await take('support'), await take('okafor')];
  const all = [ana, anaToo, lee, leeToo, desk, okafor];
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  const client = people.ana.client;
  expect(await ana.act('chat.open', { ...said(people.ana.member), client, kind: 'care-team' })).toBeUndefined();
  await meet();
  const document = `${CHAT}:${conversationIdOf(client, 'care-team')}:1`;
  const change = (who: Name, more: JsonObject) => ({
    ...{ ...said(people[who].member), id: newId(), client, from: 'active', reason: REASON, said: SAID, ...more },
  });
  const statuses = () =>
    Promise.all([lee, leeToo, desk].map(async ({ reader }) => (await statusOf(reader, client, AT))?.status));
  return { server, people, client, ana, anaToo, lee, leeToo, desk, okafor, meet, document, change, statuses };
}

const say = (device: Device, document: string, body: string, at = AT) => sayAt(device, document, body, at);

const heard = (device: Device) => JSON.stringify(device.wire.crossed.map(({ answer }) => answer));

test('a discharge is known to the staff, ends what is written, leaves reading and the journal, and is taken back whole', async () => {
  const { server, client, ana, anaToo, lee, desk, okafor, meet, document, change, statuses } = await clinic();
  expect(await lee.act('client.changeStatus', change('lee', { to: 'discharged' }))).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['discharged', 'discharged', 'discharged']);
  // She reads why nothing is written, and not what the staff note of it.
  for (const device of [ana, anaToo]) {
    const off = (await device.reader.get(CHAT_SETTING, settingIdOf(client)))?.fields['off'];
    expect(off).toMatchObject({ reason: SAID });
    expect(heard(device)).not.toContain(REASON);
    expect(heard(device)).not.toContain('discharged');
  }
  expect(heard(okafor)).not.toContain(REASON);
  // Nobody's words go out any more; what she wrote comes back to her.
  await say(ana, document, 'Are you there?', new Date().toISOString());
  await meet();
  expect(await textsOn(lee, document)).toEqual([]);
  expect((await ana.rejections()).length).toBe(1);
  // Her journal is hers, and reaches the team.
  expect(await ana.act('journal.addEntry', entryOf(server, 'ana', 'After the end'))).toBeUndefined();
  await meet();
  expect(await entriesOn(lee)).toEqual(['After the end']);
  const back = change('lee', { from: 'discharged', to: 'active' });
  const { said: _, ...again } = back;
  expect(await lee.act('client.changeStatus', again)).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['active', 'active', 'active']);
  await say(anaToo, document, 'Here I am again');
  await meet();
  expect(await textsOn(lee, document)).toEqual(['Here I am again']);
  const changes = (await statusOf(desk.reader, client, AT))?.changes ?? [];
  expect(changes.map(({ from, to, reason }) => [from, to, reason])).toEqual([
    ['discharged', 'active', REASON],
    ['active', 'discharged', REASON],
  ]);
});

test('care does not end over an answer that is owed, whoever says so; once it is settled, it does', async () => {
  const { people, client, ana, lee, leeToo, desk, meet, document, change, statuses } = await clinic();
  const message = await say(ana, document, 'It is getting worse');
  for (const device of [ana, lee]) await device.exchange();
  const stand = must((await statusOf(lee.reader, client, AT)) ?? undefined, 'a stand');
  expect(stand.waiting).toEqual([message]);
  expect(await lee.act('client.changeStatus', change('lee', { to: 'archived', waiting: stand.waiting }))).toMatchObject(
    {
      ...{ code: 'not-allowed', where: 'waiting' },
    },
  );
  // A device that has not heard of it sees nothing against it, and the server does.
  expect(await leeToo.act('client.changeStatus', change('lee', { to: 'archived' }))).toBeUndefined();
  await meet();
  expect(await leeToo.rejections()).toMatchObject([{ code: 'not-allowed', where: 'waiting' }]);
  // The front desk reads neither thread nor tasks of the team: it ends no care.
  expect(await desk.act('client.changeStatus', change('support', { to: 'archived' }))).toMatchObject({ where: 'to' });
  expect(await statuses()).toEqual(['active', 'active', 'active']);
  const settle = { client, kind: 'care-team', message, outcome: 'no-reply', through: '2099-01-01T00:00:00.000Z' };
  expect(await lee.act('chat.settleReply', { ...said(people.lee.member), ...settle })).toBeUndefined();
  expect(await lee.act('client.changeStatus', change('lee', { to: 'archived', waiting: [message] }))).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['archived', 'archived', 'archived']);
});

test('a death does not wait for an answer, and a mistake about it is taken back', async () => {
  const { ana, lee, desk, meet, document, change, statuses } = await clinic();
  await say(ana, document, 'Good night');
  await meet();
  expect(await desk.act('client.changeStatus', change('support', { to: 'deceased' }))).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['deceased', 'deceased', 'deceased']);
  // A mistake is taken back, by who gives her care; she keeps her chart.
  for (const [who, device, to] of [
    ['support', desk, 'active'],
    ['support', desk, 'archived'],
  ] as const)
    expect(await device.act('client.changeStatus', change(who, { from: 'deceased', to }))).toMatchObject({
      where: 'to',
    });
  const { said: _, ...back } = change('lee', { from: 'deceased', to: 'active' });
  expect(await lee.act('client.changeStatus', back)).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['active', 'active', 'active']);
});

test('the front desk discharges nobody; of two who change it the second finds his back; what needs a reason has one', async () => {
  const { lee, leeToo, desk, meet, change, statuses } = await clinic();
  expect(await desk.act('client.changeStatus', change('support', { to: 'discharged' }))).toMatchObject({ where: 'to' });
  for (const [without, where] of [
    [{ reason: undefined }, 'reason'],
    [{ said: undefined }, 'said'],
    [{ to: 'invited' }, 'to'],
  ] as const) {
    const args = JSON.parse(JSON.stringify(change('lee', { to: 'archived', ...without }))) as JsonObject;
    expect(await lee.act('client.changeStatus', args)).toEqual({ code: 'invalid-arguments', where });
  }
  expect(await lee.act('client.changeStatus', change('lee', { to: 'archived' }))).toBeUndefined();
  expect(await leeToo.act('client.changeStatus', change('lee', { to: 'discharged' }))).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['archived', 'archived', 'archived']);
  expect((await leeToo.rejections()).map(({ code }) => code)).toEqual(['changed']);
});

test('that contact is paused the staff know on all devices, and she does not', async () => {
  const { people, client, ana, lee, leeToo, desk, meet } = await clinic();
  const args = { ...said(people.lee.member), client };
  expect(await lee.act('client.pauseContact', { ...args, reason: REASON })).toBeUndefined();
  await meet();
  for (const device of [lee, leeToo, desk])
    expect((await statusOf(device.reader, client, AT))?.paused).toMatchObject({ reason: REASON });
  expect(heard(ana)).not.toContain(REASON);
  expect(await desk.act('client.pauseContact', { ...args, by: people.support.member })).toBeUndefined();
  await meet();
  expect((await statusOf(leeToo.reader, client, AT))?.paused).toBeNull();
});

test('who takes his pause back ends no pause that another has begun since', async () => {
  const { people, client, lee, leeToo, desk, meet } = await clinic();
  const by = (who: 'lee' | 'support') => ({ ...said(people[who].member), id: newId(), client });
  const first = { ...by('lee'), reason: 'zq-first', seen: null };
  expect(await lee.act('client.pauseContact', first)).toBeUndefined();
  await meet();
  const reasonOn = async (device: Device) => (await statusOf(device.reader, client, AT))?.paused?.reason;
  // The desk knows of it, ends it and begins one of its own; his device has not heard.
  expect(await desk.act('client.pauseContact', { ...by('support'), seen: first.id })).toBeUndefined();
  expect(await desk.act('client.pauseContact', { ...by('support'), reason: 'zq-desk', seen: null })).toBeUndefined();
  await desk.exchange();
  expect(await lee.act('client.pauseContact', { ...by('lee'), seen: first.id })).toBeUndefined();
  await meet();
  expect((await lee.rejections()).map(({ code, where }) => [code, where])).toEqual([['changed', 'seen']]);
  for (const device of [lee, leeToo, desk]) expect(await reasonOn(device)).toBe('zq-desk');
  // What he knows by now he may end.
  const mark = (await statusOf(lee.reader, client, AT))?.paused?.mark ?? null;
  expect(await lee.act('client.pauseContact', { ...by('lee'), seen: mark })).toBeUndefined();
  await meet();
  expect(await reasonOn(desk)).toBeUndefined();
});

test('what she wrote before the end, without a network, comes late, is owed, and is refused to nobody', async () => {
  const { client, ana, anaToo, lee, leeToo, desk, okafor, meet, document, change } = await clinic();
  const message = await say(ana, document, 'zq-before', new Date(Date.now() - 60_000).toISOString());
  expect(await lee.act('client.changeStatus', change('lee', { to: 'discharged' }))).toBeUndefined();
  for (const device of [lee, desk]) await device.exchange();
  // The staff have ended it: their own words wait for nobody, however old.
  await say(leeToo, document, 'zq-staff', new Date(Date.now() - 60_000).toISOString());
  await meet();
  expect(await ana.rejections()).toEqual([]);
  for (const device of [ana, anaToo, lee]) expect(await textsOn(device, document)).toEqual(['zq-before']);
  expect((await leeToo.rejections()).length).toBe(1);
  expect(heard(okafor)).not.toContain('zq-before');
  for (const device of [lee, leeToo]) {
    expect((await statusOf(device.reader, client, AT))?.waiting).toEqual([message]);
    expect(await waitingConversations(device.reader)).toMatchObject([{ client, duty: { open: [message] } }]);
  }
  // What is written after it is not taken.
  await say(anaToo, document, 'zq-after', new Date().toISOString());
  await meet();
  expect(await textsOn(lee, document)).toEqual(['zq-before']);
  expect((await anaToo.rejections()).length).toBe(1);
});

test('care does not end over a task that was taken up again elsewhere, nor over what the front desk has handed over', async () => {
  const { server, people, client, ana, lee, leeToo, desk, meet, change, statuses } = await clinic();
  const entry = entryOf(server, 'ana', 'Soup');
  expect(await ana.act('journal.addEntry', entry)).toBeUndefined();
  await meet();
  const flag = onEntry(server, 'lee', entry);
  expect(await lee.act('journal.flagEntry', flag)).toBeUndefined();
  const archive = async (device: Device) => {
    const stand = must((await statusOf(device.reader, client, AT)) ?? undefined, 'a stand');
    return device.act('client.changeStatus', change('lee', { to: 'archived', ...namedBy(stand) }));
  };
  expect(await archive(lee)).toMatchObject({ code: 'not-allowed', where: 'tasks' });
  const onTask = { ...said(people.lee.member), id: flag.id, client };
  expect(await lee.act('task.completeTask', onTask)).toBeUndefined();
  await meet();
  expect(await leeToo.act('task.reopenTask', onTask)).toBeUndefined();
  await leeToo.exchange();
  expect(await archive(lee)).toBeUndefined();
  await meet();
  expect(await lee.rejections()).toMatchObject([{ code: 'not-allowed', where: 'tasks' }]);
  expect(await lee.act('task.completeTask', onTask)).toBeUndefined();
  // The desk's own thread is answered, and what it has given on is not.
  const message = newId();
  const quotes = [{ by: people.ana.user, at: AT, body: 'I want to die' }];
  expect(await desk.act('chat.open', { ...said(people.support.member), client, kind: 'front-desk' })).toBeUndefined();
  expect(await desk.act('chat.handOver', { ...said(people.support.member), client, message, quotes })).toBeUndefined();
  await meet();
  expect(await archive(lee)).toMatchObject({ code: 'not-allowed', where: 'waiting' });
  expect(await statuses()).toEqual(['active', 'active', 'active']);
  const settle = { client, kind: 'care-team', message, outcome: 'resolved', through: '2099-01-01T00:00:00.000Z' };
  expect(await leeToo.act('chat.settleReply', { ...said(people.lee.member), ...settle })).toBeUndefined();
  await meet();
  expect(await archive(lee)).toBeUndefined();
  await meet();
  expect(await statuses()).toEqual(['archived', 'archived', 'archived']);
});

test('care does not end over what waits in a direct conversation', async () => {
  const { people, client, ana, lee, leeToo, meet, change } = await clinic();
  const id = newId();
  const begun = { ...said(people.lee.member), id, kind: 'direct', client, member: people.lee.member };
  expect(await lee.act('chat.begin', begun)).toBeUndefined();
  await meet();
  const message = await say(ana, `${CHAT}:${id}:1`, 'Just to you');
  await meet();
  for (const device of [lee, leeToo]) {
    const stand = must((await statusOf(device.reader, client, AT)) ?? undefined, 'a stand');
    expect(stand.direct).toEqual([{ conversation: id, message }]);
    const ends = change('lee', { to: 'discharged', ...namedBy(stand) });
    expect(await device.act('client.changeStatus', ends)).toMatchObject({ code: 'not-allowed', where: 'direct' });
  }
});

test('what a provider had turned off for another reason is off again where care goes on', async () => {
  const { people, client, ana, lee, leeToo, meet, change } = await clinic();
  const turn = { ...said(people.lee.member), client };
  expect(await leeToo.act('chat.turnOff', { ...turn, reason: 'zq-before' })).toBeUndefined();
  await meet();
  const offOn = async (device: Device) => (await device.reader.get(CHAT_SETTING, settingIdOf(client)))?.fields['off'];
  for (const [from, to] of [
    ['active', 'discharged'],
    ['discharged', 'archived'],
  ]) {
    expect(await lee.act('client.changeStatus', change('lee', { from, to }))).toBeUndefined();
    await meet();
    expect(await offOn(ana)).toMatchObject({ reason: SAID });
  }
  const { said: _, ...back } = change('lee', { from: 'archived', to: 'active' });
  expect(await lee.act('client.changeStatus', back)).toBeUndefined();
  await meet();
  for (const device of [ana, leeToo]) expect(await offOn(device)).toMatchObject({ reason: 'zq-before' });
  expect(await lee.act('client.changeStatus', { ...back, id: newId(), from: 'active', to: 'prospect' })).toMatchObject({
    where: 'to',
  });
});
