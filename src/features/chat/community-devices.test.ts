// Communities over real devices, the real relay and its guard: who comes in and how, what its members learn of each other, what they
// must never, and what becomes of words where somebody has gone.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { JsonObject } from '../../base/json.ts';
import { changeDoc, openDoc } from '../../sync/client/docs.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { sayIntent } from './doc-acts.ts';
import { messagesOf } from './doc-fold.ts';
import { doIntent } from './doc-here.ts';
import { partOf } from './doc-parts.ts';
import { participantIdOf } from './schema-community.ts';
import { askedHere, calledIn, participantsIn } from './queries-community.ts';
import { waitingConversations } from './queries-duty.ts';
import { conversationById } from './queries.ts';

const AT = '2026-06-10T12:00:00.000Z';
const TOPIC = 'zq-topic';

const by = ({ desk }: Device) => ({ by: desk.memberId, at: AT, zone: 'UTC' });

/** Lee cares for Ana, Okafor for Ben; two devices of each and one of the front desk. Lee has begun a community. */
async function community() {
  const server = await startMemoryServer({ declared });
  await server.clinic.setCare('okafor', 'ben', true);
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const two = async (name: Name) => [await take(name), await take(name)] as const;
  const [ana, ben, lee, okafor] = [await two('ana'), await two('ben'), await two('lee'), await two('okafor')];
  const desk = await take('support');
  const all = [...ana, ...ben, ...lee, ...okafor, desk];
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  const { people } = server.clinic;
  const room = newId();
  await did(lee[0], 'chat.begin', { id: room, kind: 'community', topic: TOPIC });
  await meet();
  const ask = (device: Device, who: 'ana' | 'ben') =>
    device.act('chat.ask', {
      ...by(device),
      conversation: room,
      member: people[who].member,
      client: people[who].client,
    });
  const join = (device: Device, who: 'ana' | 'ben', name: string) =>
    did(device, 'chat.join', { conversation: room, client: people[who].client, name });
  return { server, people, room, ana, ben, lee, okafor, desk, meet, ask, join };
}

/** Ana and Ben are in it, and Okafor. */
async function gathered() {
  const here = await community();
  const { room, people, ana, ben, lee, okafor, meet, ask, join } = here;
  await did(lee[1], 'chat.takeIn', { conversation: room, member: people.okafor.member });
  expect(await ask(lee[0], 'ana')).toBeUndefined();
  await meet();
  expect(await ask(okafor[0], 'ben')).toBeUndefined();
  await meet();
  await join(ana[0], 'ana', 'Sunny');
  await join(ben[0], 'ben', 'Rain');
  await meet();
  return here;
}

async function did(device: Device, name: string, args: JsonObject): Promise<void> {
  expect(await device.act(name, { ...by(device), ...args })).toBeUndefined();
}

/** What the server says to an act that this device itself would not do; none where it takes it. */
async function refusedTo(device: Device, name: string, args: JsonObject): Promise<string[]> {
  const before = (await device.rejections()).length;
  await device.actLocked(name, { ...by(device), ...args }, AT);
  await device.restart();
  await device.exchange();
  return (await device.rejections()).slice(before).map(({ code }) => code);
}

async function say(device: Device, room: string, body: string): Promise<void> {
  const intent = sayIntent({ id: newId(), by: must(await device.reader.userId(), 'a sign-in'), at: AT, body });
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
  expect(await changeDoc(device.desk, { document: partOf(room, 1), intent, change })).toBeUndefined();
}

/** What is said in it, each under the name by which this device calls who said it; staff by none. */
async function saidOn(device: Device, room: string): Promise<string[]> {
  const called = await calledIn(device.reader);
  const open = await openDoc(device.desk, partOf(room, 1));
  const said = messagesOf(open.doc).map((item) => `${called(room, item.by) ?? ''}: ${item.body}`);
  open.release();
  return said;
}

const toldTo = (device: Device): string => JSON.stringify(device.wire.crossed.map(({ answer }) => answer));

test('clients come in by themselves, and learn of each other a name and what is said, and nothing else', async () => {
  const here = await gathered();
  const { room, people, ana, ben, lee, okafor, desk, meet } = here;
  await say(ana[1], room, 'zq-hello');
  await say(ben[1], room, 'zq-good evening');
  await say(okafor[1], room, 'zq-welcome');
  await meet();
  for (const device of [...ana, ...ben, ...lee, ...okafor]) {
    const said = await saidOn(device, room);
    expect(said.toSorted()).toEqual([': zq-welcome', 'Rain: zq-good evening', 'Sunny: zq-hello']);
    const names = (await participantsIn(device.reader, room)).map(
      ({ name, isStaff }) => `${name}${isStaff ? ' staff' : ''}`,
    );
    expect(names).toEqual(['lee staff', 'okafor staff', 'Rain', 'Sunny']);
  }
  // A journal entry, so that there is something of the chart that could go astray.
  await did(ben[0], 'journal.addEntry', {
    id: newId(),
    client: people.ben.client,
    kind: 'reflection',
    content: { text: 'zq-diary' },
  });
  await meet();
  for (const [mine, other] of [
    [ana, people.ben],
    [ben, people.ana],
  ] as const) {
    const name = other === people.ben ? 'ben' : 'ana';
    for (const device of mine) {
      const told = toldTo(device);
      for (const word of [other.client, other.member, `Legal ${name}`, '@', ...(name === 'ben' ? ['zq-diary'] : [])])
        expect(told).not.toContain(word);
      // No row says another's membership, nor what sorts first for the staff.
      for (const type of ['chatParticipant', 'chatHead'])
        expect((await device.reader.all(type)).map((row) => row.by)).not.toContain(other.member);
      const heads = await device.reader.all('chatHead');
      expect(heads).toHaveLength(1);
      expect(heads[0]?.fields).not.toHaveProperty('waiting');
      expect((await device.reader.spaces()).filter((space) => space.includes(other.client))).toEqual([]);
    }
  }
  // Of another's client the staff learn no more than her name there; who is not in it nothing at all.
  for (const device of lee) expect(toldTo(device)).not.toContain('Legal ben');
  for (const word of [room, TOPIC, 'Sunny', 'zq-hello']) expect(toldTo(desk)).not.toContain(word);
  expect(await conversationById(desk.reader, room)).toBeUndefined();
  // Nobody owes anybody an answer here.
  for (const device of [...lee, ...okafor, desk]) expect(await waitingConversations(device.reader)).toEqual([]);
});

test('before she has come in a client is told the topic and nothing of what is said, and is in it on no list', async () => {
  const here = await community();
  const { room, people, ana, ben, lee, meet, ask, join } = here;
  await say(lee[0], room, 'zq-before');
  expect(await ask(lee[0], 'ana')).toBeUndefined();
  await meet();
  for (const device of ana) {
    expect(await askedHere(device.reader, people.ana.client)).toMatchObject([{ conversation: room, topic: TOPIC }]);
    expect(await conversationById(device.reader, room)).toBeUndefined();
    expect(toldTo(device)).not.toContain('"chatParticipant"');
  }
  expect((await participantsIn(lee[1].reader, room)).map(({ name }) => name)).toEqual(['lee']);
  for (const device of ben) expect(toldTo(device)).not.toContain(TOPIC);
  await join(ana[1], 'ana', 'Sunny');
  await meet();
  expect(await saidOn(ana[0], room)).toEqual([': zq-before']);
  expect(await askedHere(ana[0].reader, people.ana.client)).toEqual([]);
});

test('nobody comes in who was not asked, asks who is not his client, or takes in or out as a client', async () => {
  const here = await gathered();
  const { room, people, ana, ben, lee, okafor, desk } = here;
  const of = (who: 'ana' | 'ben') => ({ conversation: room, client: people[who].client });
  const other = newId();
  await did(lee[0], 'chat.begin', { id: other, kind: 'community', topic: 'Another' });
  await lee[0].exchange();
  expect(await refusedTo(ana[0], 'chat.join', { ...of('ana'), conversation: other, name: 'X' })).toEqual([
    'not-allowed',
  ]);
  expect(await refusedTo(ana[0], 'chat.join', { ...of('ben'), name: 'X' })).toEqual(['not-there']);
  expect(await refusedTo(lee[0], 'chat.ask', { ...of('ben'), member: people.ben.member })).toEqual(['not-allowed']);
  expect(
    await refusedTo(okafor[0], 'chat.ask', { ...of('ben'), conversation: other, member: people.ben.member }),
  ).toEqual(['not-allowed']);
  expect(await refusedTo(desk, 'chat.takeIn', { conversation: room, member: people.support.member })).toEqual([
    'not-allowed',
  ]);
  expect(await refusedTo(ana[0], 'chat.takeIn', { conversation: room, member: people.support.member })).toEqual([
    'not-allowed',
  ]);
  const [rain] = (await participantsIn(lee[0].reader, room)).filter(({ name }) => name === 'Rain');
  const { id: participant, invitation } = must(rain, 'a participant');
  const out = { conversation: room, participant, ...(invitation && { invitation }) };
  expect(await refusedTo(ana[0], 'chat.takeOut', out)).toEqual(['not-allowed']);
  expect(await refusedTo(ana[0], 'chat.end', { conversation: room, reason: 'x' })).toEqual(['not-allowed']);
  expect(await refusedTo(ana[0], 'chat.begin', { id: newId(), kind: 'community', topic: 'x' })).toEqual([
    'not-allowed',
  ]);
  // Under an id that is in use nobody slips into what there is.
  expect(await refusedTo(desk, 'chat.begin', { id: room, kind: 'community', topic: 'x' })).toEqual(['already-there']);
  await desk.exchange();
  expect(await conversationById(desk.reader, room)).toBeUndefined();
  expect(await conversationById(ben[0].reader, room)).toBeDefined();
});

test('who leaves, or is taken out, gets nothing more and keeps unsent words; what was said stays under the name', async () => {
  const here = await gathered();
  const { room, people, ana, ben, lee, meet, ask, join } = here;
  await say(ana[0], room, 'zq-first');
  await meet();
  // She writes on one device while she is taken out.
  const [sunny] = (await participantsIn(lee[0].reader, room)).filter(({ name }) => name === 'Sunny');
  const { id: participant, invitation } = must(sunny, 'a participant');
  await say(ana[1], room, 'zq-unsent');
  await did(lee[0], 'chat.takeOut', { conversation: room, participant, ...(invitation && { invitation }) });
  await lee[0].exchange();
  await say(ben[0], room, 'zq-after');
  await ben[0].exchange();
  await meet();
  for (const device of ana) {
    expect(await conversationById(device.reader, room)).toBeUndefined();
    expect(toldTo(device)).not.toContain('zq-after');
    expect(await askedHere(device.reader, people.ana.client)).toEqual([]);
  }
  const [back] = await ana[1].rejections();
  expect(back?.mutation?.args['intent']).toMatchObject({ say: { body: 'zq-unsent' } });
  expect(
    await refusedTo(ana[0], 'chat.join', { conversation: room, client: people.ana.client, name: 'Sunny' }),
  ).toHaveLength(1);
  for (const device of ben) expect(await saidOn(device, room)).toEqual(['Sunny: zq-first', 'Rain: zq-after']);
  // Asked anew she may come back; Ben goes by himself.
  expect(await ask(lee[0], 'ana')).toBeUndefined();
  await meet();
  await join(ana[0], 'ana', 'Moon');
  await did(ben[1], 'chat.leave', { conversation: room });
  await ben[1].exchange();
  await meet();
  await say(lee[1], room, 'zq-later');
  await meet();
  for (const device of ana) expect(await saidOn(device, room)).toHaveLength(3);
  for (const device of ben) {
    expect(await conversationById(device.reader, room)).toBeUndefined();
    expect(toldTo(device)).not.toContain('Moon');
    expect(await askedHere(device.reader, people.ben.client)).toHaveLength(1);
  }
});

test('the last of the staff does not leave clients among themselves, nor take himself out', async () => {
  const { server, room, people, ana, lee, okafor, meet } = await gathered();
  const leave = { conversation: room };
  const { lee: he, okafor: colleague } = people;
  // Who stays is a colleague who is there.
  const nobody = [undefined, he.member, people.ana.member, people.owner.member, newId()];
  for (const staying of nobody)
    expect(await refusedTo(lee[0], 'chat.leave', { ...leave, ...(staying && { staying }) })).toEqual(['not-allowed']);
  expect(await refusedTo(lee[0], 'chat.takeOut', { ...leave, participant: participantIdOf(room, he.member) })).toEqual([
    'not-allowed',
  ]);
  // And one who is still of the practice: nobody has taken out who has left that.
  const row = { type: 'member', id: colleague.member, space: 'public' };
  const is = (roles: string[]) => ({ name: 'okafor', userId: colleague.user, roles });
  for (const fields of [null, is([])]) {
    await server.clinic.write('willow', [{ ...row, fields }]);
    for (const device of lee) await device.exchange();
    expect(await refusedTo(lee[0], 'chat.leave', { ...leave, staying: colleague.member })).toEqual(['not-allowed']);
    const here = await participantsIn(lee[0].reader, room);
    expect(here.map(({ name }) => name)).toEqual(['lee', 'Rain', 'Sunny']);
    expect(here.filter(({ member, isMe }) => member !== undefined && !isMe)).toEqual([]);
  }
  await server.clinic.write('willow', [{ ...row, fields: is(['provider']) }]);
  await meet();
  // Both leave without a network, each naming the other: the second stays.
  await did(okafor[0], 'chat.leave', { ...leave, staying: he.member });
  await did(lee[1], 'chat.leave', { ...leave, staying: colleague.member });
  await okafor[0].exchange();
  await lee[1].exchange();
  await meet();
  expect((await lee[1].rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  for (const device of [...lee, ...ana])
    expect((await participantsIn(device.reader, room)).map(({ name }) => name)).toEqual(['lee', 'Rain', 'Sunny']);
  for (const device of okafor) expect(await conversationById(device.reader, room)).toBeUndefined();
});

test('who has taken somebody out puts him back, as he was; who left by himself is put back by nobody', async () => {
  const { room, ana, ben, lee, okafor, meet } = await gathered();
  const [sunny] = (await participantsIn(lee[0].reader, room)).filter(({ name }) => name === 'Sunny');
  const { id: participant, invitation } = must(sunny, 'a participant');
  const her = { conversation: room, participant, ...(invitation && { invitation }) };
  await did(lee[0], 'chat.takeOut', her);
  await meet();
  for (const device of ana) expect(await conversationById(device.reader, room)).toBeUndefined();
  expect(await refusedTo(okafor[0], 'chat.putBack', her)).toEqual(['not-there']);
  expect(await refusedTo(ana[0], 'chat.putBack', her)).toHaveLength(1);
  await did(lee[1], 'chat.putBack', her);
  await meet();
  await say(ben[0], room, 'zq-back');
  await meet();
  for (const device of ana) expect(await saidOn(device, room)).toEqual(['Rain: zq-back']);
  for (const device of [...ana, ...ben]) expect(toldTo(device)).not.toContain('outBy');
  await did(ana[1], 'chat.leave', { conversation: room });
  await meet();
  expect(await refusedTo(lee[0], 'chat.putBack', her)).toEqual(['not-there']);
  for (const device of ana) expect(await conversationById(device.reader, room)).toBeUndefined();
});

test('who has left of her own will is put back by nobody, whoever took her out before, after, or in the same hour', async () => {
  const { room, people, ana, ben, lee, meet, ask, join } = await gathered();
  const her = async (who: 'Sunny' | 'Rain' | 'Moon') => {
    const [found] = (await participantsIn(lee[0].reader, room)).filter(({ name }) => name === who);
    const { id: participant, invitation } = must(found, 'a participant');
    return { conversation: room, participant, ...(invitation && { invitation }) };
  };
  const [sunny, rain] = [await her('Sunny'), await her('Rain')];
  const isOut = async (devices: readonly Device[]) => {
    for (const device of devices) expect(await conversationById(device.reader, room)).toBeUndefined();
  };
  // She leaves; he takes her out on a device that has not heard of it, and then on purpose.
  await did(ana[0], 'chat.leave', { conversation: room });
  await ana[0].exchange();
  await did(lee[0], 'chat.takeOut', sunny);
  await meet();
  expect((await lee[0].rejections()).map(({ code }) => code)).toEqual(['not-there']);
  for (const device of lee) {
    expect(await refusedTo(device, 'chat.takeOut', sunny)).toEqual(['not-there']);
    expect(await refusedTo(device, 'chat.putBack', sunny)).toEqual(['not-there']);
  }
  await meet();
  await isOut(ana);
  // What she was asked to stands: she comes back by herself.
  expect(await askedHere(ana[1].reader, people.ana.client)).toMatchObject([{ conversation: room }]);
  // That he has once taken somebody out is over when he comes in again.
  await did(lee[0], 'chat.takeOut', rain);
  await meet();
  await isOut(ben);
  await did(lee[0], 'chat.putBack', rain);
  await meet();
  await did(lee[1], 'chat.takeOut', rain);
  await meet();
  await join(ana[1], 'ana', 'Moon');
  await meet();
  await did(lee[1], 'chat.takeOut', await her('Moon'));
  await meet();
  expect(await ask(lee[0], 'ana')).toBeUndefined();
  await meet();
  await join(ana[0], 'ana', 'Moon');
  await meet();
  expect(await refusedTo(lee[0], 'chat.putBack', sunny)).toEqual(['not-there']);
  await did(ana[1], 'chat.leave', { conversation: room });
  await meet();
  for (const device of lee) expect(await refusedTo(device, 'chat.putBack', sunny)).toEqual(['not-there']);
  await meet();
  await isOut([...ana, ...ben]);
});

test('who leaves without a network while she is taken out has left of her own will', async () => {
  const { room, people, ana, lee, okafor, meet } = await gathered();
  const [sunny] = (await participantsIn(lee[0].reader, room)).filter(({ name }) => name === 'Sunny');
  const { id, invitation } = must(sunny, 'a participant');
  const her = { conversation: room, participant: id, ...(invitation && { invitation }) };
  const his = { conversation: room, participant: participantIdOf(room, people.okafor.member) };
  for (const out of [her, his]) await did(lee[0], 'chat.takeOut', out);
  await lee[0].exchange();
  await did(ana[0], 'chat.leave', { conversation: room });
  await did(okafor[0], 'chat.leave', { conversation: room, staying: people.lee.member });
  await meet();
  for (const device of [ana[0], okafor[0]]) expect(await device.rejections()).toEqual([]);
  for (const out of [her, his]) expect(await refusedTo(lee[0], 'chat.putBack', out)).toEqual(['not-there']);
  // Who is out says nothing of others by that.
  expect(await refusedTo(okafor[0], 'chat.takeOut', her)).toHaveLength(1);
  expect(await refusedTo(okafor[0], 'chat.putBack', his)).toHaveLength(1);
  await meet();
  for (const device of [...ana, ...okafor]) expect(await conversationById(device.reader, room)).toBeUndefined();
});

test('closing ends it for all; what came late goes back', async () => {
  const { room, ana, ben, lee, okafor, meet } = await gathered();
  await did(okafor[0], 'chat.end', { conversation: room, reason: 'The course is over.' });
  await okafor[0].exchange();
  await say(ana[0], room, 'zq-late');
  await meet();
  expect((await ana[0].rejections()).map(({ code }) => code)).toEqual(['closed']);
  for (const device of [...ana, ...ben, ...lee, ...okafor]) {
    expect(await conversationById(device.reader, room)).toMatchObject({ closed: { reason: 'The course is over.' } });
    expect(await saidOn(device, room)).toEqual([]);
  }
});

test('what is written without a network in a community that is just begun is taken with it', async () => {
  const { lee, people, room: _, meet } = await community();
  const room = newId();
  await did(lee[0], 'chat.begin', { id: room, kind: 'community', topic: 'Begun on the train' });
  await did(lee[0], 'chat.takeIn', { conversation: room, member: people.okafor.member });
  await say(lee[0], room, 'zq-on the train');
  await meet();
  expect(await lee[0].rejections()).toEqual([]);
  expect(await saidOn(lee[1], room)).toEqual([': zq-on the train']);
});
