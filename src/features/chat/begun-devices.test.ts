// Conversations that somebody begins, over real devices, the real relay and its guard: who has them, who must not, and what becomes
// of words where somebody has left or nothing is to be written.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { memoryMedium } from '../../sync/testing/medium.ts';
import { deviceOf, plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { chartOf, directOf, PUBLIC } from '../space-names.ts';
import { partOf } from './doc-parts.ts';
import { begin } from './mutators-begin.ts';
import { waitingConversations } from './queries-duty.ts';
import { beginnableWith, offIn, participantsOf } from './queries-participants.ts';
import { allConversations, conversationById, conversationsOf } from './queries.ts';
import { conversationIdOf } from './schema.ts';
import { say as sayAt, textsOn as textsAt } from './talk.fixture.ts';

const AT = '2026-06-10T12:00:00.000Z';
const topicOf = (conversation: string): string => `zq-topic ${conversation}`;

const by = ({ desk }: Device) => ({ by: desk.memberId, at: AT, zone: 'UTC' });

/** Lee and Okafor care for Ana; two devices of each, and of the front desk and Ben one. */
async function clinic() {
  const server = await startMemoryServer({ declared });
  await server.clinic.setCare('okafor', 'ana', true);
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const two = async (name: Name) => [await take(name), await take(name)] as const;
  const { people } = server.clinic;
  const [ana, lee, okafor] = [await two('ana'), await two('lee'), await two('okafor')];
  const [desk, ben] = [await take('support'), await take('ben')];
  const all = [...ana, ...lee, ...okafor, desk, ben];
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  return { server, take, ana, lee, okafor, desk, ben, people, meet, client: people.ana.client };
}

type Clinic = Awaited<ReturnType<typeof clinic>>;

async function beginAs(device: Device, args: JsonObject): Promise<string> {
  const id = newId();
  expect(await device.act('chat.begin', { ...by(device), id, topic: topicOf(id), ...args })).toBeUndefined();
  return id;
}

const beginDirect = (device: Device, { client, people }: Clinic, member: Name = 'lee') =>
  beginAs(device, { kind: 'direct', client, member: people[member].member });

const say = (device: Device, conversation: string, body: string) => sayAt(device, partOf(conversation, 1), body, AT);
const textsOn = (device: Device, conversation: string) => textsAt(device, partOf(conversation, 1));

/** Every word that the server has ever said to a device. */
const toldTo = (device: Device): string => JSON.stringify(device.wire.crossed.map(({ answer }) => answer));

async function has(devices: readonly Device[], conversation: string, texts: readonly string[]): Promise<void> {
  for (const device of devices) {
    expect((await allConversations(device.reader)).filter(({ id }) => id === conversation)).toHaveLength(1);
    expect(await textsOn(device, conversation)).toEqual(texts);
  }
}

/** Neither the row, nor what follows it, nor a word of it. */
async function hasNothing(devices: readonly Device[], conversation: string, texts: readonly string[]): Promise<void> {
  for (const device of devices) {
    expect(await conversationById(device.reader, conversation)).toBeUndefined();
    expect(await textsOn(device, conversation)).toEqual([]);
    await device.exchange();
    for (const word of [conversation, topicOf(conversation), ...texts]) expect(toldTo(device)).not.toContain(word);
  }
}

test('a direct conversation is on the devices of its two, and on nobody else’s of the same care team', async () => {
  const here = await clinic();
  const { ana, lee, okafor, desk, ben, client, meet } = here;
  const id = await beginDirect(lee[0], here);
  await say(lee[0], id, 'How was Sunday?');
  await meet();
  await say(ana[1], id, 'It was long.');
  await meet();
  const said = ['How was Sunday?', 'It was long.'];
  await has([...ana, ...lee], id, said);
  await hasNothing([...okafor, desk, ben], id, said);
  expect(await conversationsOf(ana[0].reader, client)).toMatchObject([
    { kind: 'care-team' },
    { kind: 'front-desk' },
    { id, kind: 'direct', topic: topicOf(id), unread: 1 },
  ]);
  const view = must(await conversationById(lee[1].reader, id), 'the conversation');
  expect(await participantsOf(ana[0].reader, view)).toEqual({ staff: ['lee'], isSelf: true });
  const others = await beginDirect(okafor[0], here, 'okafor');
  await meet();
  await has([...ana, ...okafor], others, []);
  await hasNothing(lee, others, []);
});

test('what she writes there waits for the one member alone, who decides about it; nobody else can', async () => {
  const here = await clinic();
  const { ana, lee, okafor, desk, client, meet } = here;
  const id = await beginDirect(lee[0], here);
  await meet();
  const message = await say(ana[0], id, 'May I ask something?');
  await meet();
  for (const device of lee)
    expect(await waitingConversations(device.reader)).toMatchObject([
      { id, client, duty: { message, open: [message] } },
    ]);
  for (const device of [...okafor, desk]) expect(await waitingConversations(device.reader)).toEqual([]);
  const on = { client, kind: 'direct', conversation: id, message };
  expect(await lee[1].act('chat.assignReply', { ...by(lee[1]), ...on })).toBeUndefined();
  for (const [device, act] of [
    [okafor[0], { ...on }],
    [desk, { ...on, kind: 'front-desk' as const, conversation: undefined }],
  ] as const) {
    const { conversation, ...rest } = act;
    const args = { ...by(device), ...rest, ...(conversation && { conversation }) };
    await device.actLocked('chat.assignReply', args, AT);
    await device.restart();
  }
  await meet();
  expect((await okafor[0].rejections()).map(({ code }) => code)).toEqual(['not-there']);
  expect(await waitingConversations(lee[0].reader)).toMatchObject([{ duty: { assignee: lee[0].desk.memberId } }]);
  await say(lee[0], id, 'Of course.');
  await meet();
  expect(await waitingConversations(lee[1].reader)).toEqual([]);
});

test('a client begins one where the practice lets her, and only with who is on her care team', async () => {
  const here = await clinic();
  const { ana, lee, okafor, server, take, client, people, meet } = here;
  expect(await beginnableWith(ana[0].reader)).toEqual([]);
  const args = { id: newId(), kind: 'direct', client, member: people.lee.member };
  expect(await ana[0].act('chat.begin', { ...by(ana[0]), ...args })).toMatchObject({ code: 'not-allowed' });
  // A device of another make that asks the server all the same.
  await ana[0].actLocked('chat.begin', { ...by(ana[0]), ...args }, AT);
  await ana[0].restart();
  await meet();
  expect((await ana[0].rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  const owner = await take('owner');
  expect(await owner.act('chat.decideBegin', { ...by(owner), clientsBegin: true })).toBeUndefined();
  await owner.exchange();
  await server.clinic.setCare('okafor', 'ana', false);
  await meet();
  expect((await beginnableWith(ana[1].reader)).map(({ member }) => member)).toEqual([people.lee.member]);
  const id = await beginDirect(ana[1], here);
  const withOkafor = await beginDirect(ana[1], here, 'okafor');
  await meet();
  await has([...ana, ...lee], id, []);
  expect((await ana[1].rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  await hasNothing(okafor, withOkafor, []);
  // Where nothing is written for now, none is begun to be written in.
  expect(await owner.act('chat.turnOff', { ...by(owner), reason: 'zq-moving' })).toBeUndefined();
  await owner.exchange();
  await meet();
  for (const { reader } of ana) expect(await beginnableWith(reader)).toEqual([]);
});

test('who has left the care team gets nothing more and keeps his unsent words; she goes on reading, and hers come back', async () => {
  const here = await clinic();
  const { ana, lee, people, server, client, meet } = here;
  const id = await beginDirect(lee[0], here);
  await meet();
  await say(ana[0], id, 'Before.');
  await meet();
  await say(lee[0], id, 'On the way out.');
  await server.clinic.setCare('lee', 'ana', false);
  await say(ana[0], id, 'Are you still there?');
  await meet();
  for (const device of lee) {
    expect(await conversationById(device.reader, id)).toBeUndefined();
    expect(toldTo(device)).not.toContain('Are you still there?');
  }
  for (const [device, body] of [
    [lee[0], 'On the way out.'],
    [ana[0], 'Are you still there?'],
  ] as const) {
    const [back, ...more] = await device.rejections();
    expect(more).toEqual([]);
    expect(back?.mutation?.args['intent']).toMatchObject({ say: { body } });
  }
  await has(ana, id, ['Before.']);
  expect(await ana[1].reader.spaces()).toContain(directOf(client, people.lee.member));
});

test('what staff say about a client her care team has, about nobody all staff, and no client ever', async () => {
  const here = await clinic();
  const { ana, lee, okafor, desk, ben, client, meet } = here;
  const about = await beginAs(lee[0], { kind: 'staff', client });
  await say(lee[0], about, 'zq-about her');
  await meet();
  await say(okafor[1], about, 'zq-agreed');
  await meet();
  const said = ['zq-about her', 'zq-agreed'];
  await has([...lee, ...okafor], about, said);
  await hasNothing([...ana, desk, ben], about, said);
  expect(await waitingConversations(lee[0].reader)).toEqual([]);
  expect(await conversationsOf(lee[0].reader, client)).toMatchObject([{}, {}, { id: about, kind: 'staff', unread: 1 }]);
  const house = await beginAs(desk, { kind: 'staff', topic: 'zq-kitchen' });
  await say(desk, house, 'zq-who has the key');
  await meet();
  await has([...lee, ...okafor, desk], house, ['zq-who has the key']);
  await hasNothing([...ana, ben], house, ['zq-kitchen', 'zq-who has the key']);
  // Neither a client nor the desk begins one about her, whatever their device thinks of it.
  for (const device of [ana[0], desk]) {
    await device.actLocked('chat.begin', { ...by(device), id: newId(), kind: 'staff', client, topic: 'x' }, AT);
    await device.restart();
    await device.exchange();
    expect((await device.rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  }
});

test('one that has ended takes no more, from either side; the client cannot end it', async () => {
  const here = await clinic();
  const { ana, lee, meet } = here;
  const id = await beginDirect(lee[0], here);
  await meet();
  await ana[0].actLocked('chat.end', { ...by(ana[0]), conversation: id, reason: 'x' }, AT);
  await ana[0].restart();
  await meet();
  expect((await ana[0].rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  const reason = 'We go on in the group.';
  expect(await lee[1].act('chat.end', { ...by(lee[1]), conversation: id, reason })).toBeUndefined();
  await lee[1].exchange();
  await say(ana[1], id, 'Late.');
  await meet();
  expect((await ana[1].rejections()).map(({ code }) => code)).toEqual(['closed']);
  for (const device of [...ana, ...lee])
    expect(await conversationById(device.reader, id)).toMatchObject({ closed: { reason } });
  expect(await lee[0].act('chat.end', { ...by(lee[0]), conversation: id })).toBeUndefined();
  await meet();
  await say(ana[0], id, 'Open again.');
  await meet();
  await has([...ana, ...lee], id, ['Open again.']);
});

test('where conversations are turned off for a client, all who take part read why, and her words come back', async () => {
  const here = await clinic();
  const { ana, lee, ben, client, meet } = here;
  const id = await beginDirect(lee[0], here);
  await say(lee[0], id, 'Before.');
  await meet();
  const reason = 'zq-in hospital';
  expect(await lee[0].act('chat.turnOff', { ...by(lee[0]), client, reason })).toBeUndefined();
  await lee[0].exchange();
  await say(ana[0], id, 'Hello?');
  await say(lee[1], id, 'Wait.');
  await meet();
  for (const device of [ana[0], lee[1]]) {
    expect((await device.rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
    expect((await device.rejections())[0]?.mutation?.args['intent']).toHaveProperty('say');
  }
  for (const device of [...ana, ...lee])
    expect(await offIn(device.reader, { kind: 'direct', client })).toMatchObject({ reason });
  expect(toldTo(ben)).not.toContain(reason);
  await has([...ana, ...lee], id, ['Before.']);
  expect(await lee[0].act('chat.turnOff', { ...by(lee[0]), client })).toBeUndefined();
  await meet();
  await say(ana[1], id, 'Back home.');
  await meet();
  await has([...ana, ...lee], id, ['Before.', 'Back home.']);
});

test('under the id of a conversation that stands nobody begins another: it opens where it belongs', async () => {
  const here = await clinic();
  const { server, ana, lee, desk, client, people, take, meet } = here;
  const owner = await take('owner');
  expect(await owner.act('chat.decideBegin', { ...by(owner), clientsBegin: true })).toBeUndefined();
  await owner.exchange();
  await meet();
  const id = conversationIdOf(client, 'care-team');
  const forged = { id, topic: 'zq-forged' };
  // Devices of another make, which look at no id.
  const anyId = { ...begin, parse: (args: unknown) => args as ReturnType<typeof begin.parse> };
  const blind = { ...declared, mutators: { ...declared.mutators, [begin.name]: anyId } };
  const forger = (name: Name) => deviceOf(server, name, { declared: blind, medium: memoryMedium() });
  for (const [device, args] of [
    [await forger('support'), { ...forged, kind: 'staff' }],
    [await forger('ana'), { ...forged, kind: 'direct', client, member: people.lee.member }],
  ] as const) {
    await device.exchange();
    await device.actLocked('chat.begin', { ...by(device), ...args }, AT);
    await device.restart();
    await device.exchange();
    expect((await device.rejections()).map(({ code }) => code)).toEqual(['invalid-arguments']);
  }
  await meet();
  for (const device of [...ana, ...lee]) {
    expect(toldTo(device)).not.toContain('zq-forged');
    expect(await conversationsOf(device.reader, client)).toMatchObject([
      { kind: 'care-team', isBegun: false, space: chartOf(client) },
      { kind: 'front-desk' },
    ]);
  }
  expect(await ana[1].act('chat.open', { ...by(ana[1]), client, kind: 'care-team' })).toBeUndefined();
  await say(ana[1], id, 'For all of you.');
  await meet();
  for (const device of [...ana, ...lee]) expect(await textsOn(device, id)).toEqual(['For all of you.']);
  expect(toldTo(desk)).not.toContain('For all of you.');
});

test('who stays on the care team and is no provider any more is written to by nobody: her words come back', async () => {
  const here = await clinic();
  const { ana, lee, people, server, client, meet } = here;
  const id = await beginDirect(lee[0], here);
  await meet();
  await say(ana[0], id, 'Before.');
  await meet();
  const { member, user } = people.lee;
  const as = (role: string) =>
    server.clinic.write('willow', [
      { type: 'member', id: member, space: PUBLIC, fields: { name: 'lee', userId: user, roles: [role] } },
    ]);
  await as('support');
  await say(ana[0], id, 'Nobody would have this.');
  await meet();
  const [back, ...more] = await ana[0].rejections();
  expect(more).toEqual([]);
  expect(back).toMatchObject({ code: 'not-allowed' });
  expect(back?.mutation?.args['intent']).toMatchObject({ say: { body: 'Nobody would have this.' } });
  for (const device of lee) expect(toldTo(device)).not.toContain('Nobody would have this.');
  await has(ana, id, ['Before.']);
  // What was said there stays hers to read.
  expect(await ana[1].reader.spaces()).toContain(directOf(client, member));
  await as('provider');
  await meet();
  await say(ana[0], id, 'And now?');
  await meet();
  await has([...ana, ...lee], id, ['Before.', 'And now?']);
});
