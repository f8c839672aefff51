// What waits in a direct conversation whose member leaves, on devices of all whom it concerns, over PostgreSQL: it comes to the care
// team, without a word of it, and the client is told who answers.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { CHAT } from '../../../src/features/chat/doc-names.ts';
import { passedOnIn, standingAt } from '../../../src/features/chat/queries.ts';
import { waitingConversations } from '../../../src/features/chat/queries-duty.ts';
import { queueAges } from '../../../src/features/queue-age/queries.ts';
import { chartOf } from '../../../src/features/space-names.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { say, textsOn } from '../../../src/features/chat/talk.fixture.ts';
import { meet, openClock, toldTo } from './clock.fixture.ts';
import { settlePassedOn } from './passed-on.ts';
import { settleQueueAges } from './queue-ages.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 120_000);
afterAll(() => databases.remove());

/** Lee and Okafor care for Ana; between Lee and Ana a conversation is begun, in which she has asked something. */
async function begun() {
  const world = await openClock(await databases.fresh());
  const { server, takeAll, said, client, ids, clock, parts, practice } = world;
  await server.clinic.setCare('okafor', 'ana', true);
  const all = await takeAll('ana', 'ana', 'lee', 'okafor', 'okafor', 'support', 'owner', 'ben');
  const [ana, tablet, lee, phone, desktop, desk, owner, ben] = all;
  const conversation = newId();
  const direct = `${CHAT}:${conversation}:1`;
  const args = { id: conversation, kind: 'direct', client, member: ids.absent };
  expect(await lee.act('chat.begin', { ...said(lee), ...args })).toBeUndefined();
  await meet(lee, ana);
  await say(ana, direct, 'zq I want to die. Are you there?');
  await meet(...all);
  const settle = async () => {
    clock.ms += 1000;
    await settlePassedOn(parts, practice);
    await settleQueueAges(parts, practice);
    await meet(...all);
  };
  const owing = async () => {
    const ages = await queueAges(owner.reader);
    return ages.filter(({ owed }) => owed > 0).map(({ name, owed }) => ({ name, owed }));
  };
  const leave = () => server.clinic.setCare('lee', 'ana', false);
  return {
    ...{ ...world, ana, tablet, lee, phone, desktop, desk, owner, ben, conversation, direct, settle, owing, leave },
  };
}

const queueOf = async ({ reader }: Device) =>
  (await waitingConversations(reader)).map(({ kind, duty }) => ({ kind, ...duty }));
const toldOn = ({ reader }: Device, client: string) => passedOnIn(reader, standingAt(client, 'care-team'));

test('what waits for who leaves comes to the rest of the care team, without a word of it, and she is told who answers', async () => {
  const here = await begun();
  const { ana, tablet, lee, phone, desktop, desk, owner, ben, client, ids, conversation, direct, settle, owing } = here;
  await settle();
  // While he is there it is his, and nobody is told anything.
  expect(await owing()).toEqual([{ name: 'lee', owed: 1 }]);
  expect(await toldOn(ana, client)).toEqual([]);
  const [his] = await queueOf(lee);
  const { message } = must(his, 'a duty');
  await here.leave();
  await settle();
  for (const device of [phone, desktop]) {
    expect(await queueOf(device)).toMatchObject([{ kind: 'care-team', message, open: [message], isRisk: true }]);
    expect(await toldOn(device, client)).toMatchObject([{ conversation, member: ids.absent, waiting: { message } }]);
    expect(toldTo(device)).not.toMatch(/zq [a-zI]/);
    expect(await textsOn(device, direct)).toEqual([]);
  }
  for (const device of [ana, tablet]) {
    const [told] = await toldOn(device, client);
    expect(told).toMatchObject({ conversation, member: ids.absent, waiting: { message } });
    // What sorts first is for who answers.
    expect(told?.waiting).not.toHaveProperty('risk');
    expect(await textsOn(device, direct)).toEqual(['zq I want to die. Are you there?']);
  }
  for (const device of [lee, desk, owner, ben]) {
    expect(await device.rows('chatPassedOn')).toEqual([]);
    expect(await queueOf(device)).toEqual([]);
    if (device !== lee) expect(toldTo(device)).not.toMatch(/zq [a-zI]|chatPassedOn/);
  }
  expect(await owing()).toEqual([{ name: 'okafor', owed: 1 }]);

  // Taken and answered in their own conversation, by whoever of them.
  const on = { client, kind: 'care-team', message };
  expect(await phone.act('chat.assignReply', { ...here.said(phone), ...on })).toBeUndefined();
  await meet(phone, desktop);
  expect(await queueOf(desktop)).toMatchObject([{ assignee: ids.member }]);
  expect(await desktop.act('chat.open', { ...here.said(desktop), client, kind: 'care-team' })).toBeUndefined();
  await meet(desktop, ana, phone);
  here.clock.ms += 1000;
  await say(desktop, here.document, 'I am here for you.');
  await meet(desktop);
  await settle();
  for (const device of [phone, desktop]) expect(await queueOf(device)).toEqual([]);
  expect(await textsOn(tablet, here.document)).toEqual(['I am here for you.']);
  expect(await owing()).toEqual([]);
});

test('asked again it writes nothing; who comes back has it himself, and what he had settled waits for nobody', async () => {
  const { ana, lee, phone, client, conversation, settle, leave, server, said, poked } = await begun();
  const [his] = await queueOf(lee);
  const { message, through } = must(his, 'a duty');
  await leave();
  await settle();
  const [first] = await toldOn(phone, client);
  const before = poked.length;
  await settle();
  expect(poked).toHaveLength(before);
  expect(await toldOn(phone, client)).toEqual([first]);
  await server.clinic.setCare('lee', 'ana', true);
  await settle();
  expect(await toldOn(phone, client)).toEqual([]);
  expect(await queueOf(phone)).toEqual([]);
  expect(await queueOf(lee)).toMatchObject([{ kind: 'direct', message }]);
  const settled = { client, kind: 'direct', conversation, message, outcome: 'no-reply', through };
  expect(await lee.act('chat.settleReply', { ...said(lee), ...settled })).toBeUndefined();
  await meet(lee);
  await leave();
  await settle();
  // That he has left is told all the same.
  const [told] = await toldOn(ana, client);
  expect(told).toMatchObject({ conversation });
  expect(told).not.toHaveProperty('waiting');
  expect(await queueOf(phone)).toEqual([]);
});

test('so it is where he stays on the team and is no provider any more; what is between the two stays it', async () => {
  const { lee, phone, client, conversation, settle, server, ids, said } = await begun();
  const fields = { name: 'lee', userId: server.clinic.people.lee.user, roles: ['support'] };
  await server.clinic.write('willow', [{ type: 'member', id: ids.absent, space: 'public', fields }]);
  await settle();
  expect(await queueOf(phone)).toMatchObject([{ kind: 'care-team' }]);
  expect(await queueOf(lee)).toEqual([]);
  expect((await phone.rows('chatPassedOn')).map(({ space }) => space)).toEqual([chartOf(client)]);
  // What is between the two is no more theirs than before.
  await phone.actLocked('chat.end', { ...said(phone), conversation, reason: 'over' }, phone.nowText());
  await phone.restart();
  await meet(phone);
  expect((await phone.rejections()).map(({ code }) => code)).toEqual(['not-there']);
});

test('where no provider is left she is not told that somebody answers, until there is one again', async () => {
  const here = await begun();
  const { ana, tablet, lee, client, conversation, settle, leave, server } = here;
  await server.clinic.setCare('okafor', 'ana', false);
  await leave();
  await settle();
  for (const device of [ana, tablet])
    expect(await toldOn(device, client)).toMatchObject([{ conversation, nobody: true, waiting: {} }]);
  expect(await lee.rows('chatPassedOn')).toEqual([]);
  await server.clinic.setCare('okafor', 'ana', true);
  await settle();
  for (const device of [ana, tablet]) {
    const [told] = await toldOn(device, client);
    expect(told).toMatchObject({ conversation, waiting: {} });
    expect(told).not.toHaveProperty('nobody');
  }
});

test('who comes back does not find as waiting what the care team has answered meanwhile, and what she writes anew he does', async () => {
  const here = await begun();
  const { ana, lee, phone, client, settle, leave, server, direct, clock } = here;
  await leave();
  await settle();
  expect(await phone.act('chat.open', { ...here.said(phone), client, kind: 'care-team' })).toBeUndefined();
  await meet(phone, ana);
  clock.ms += 1000;
  await say(phone, here.document, 'I am here for you.');
  await meet(phone);
  await settle();
  await server.clinic.setCare('lee', 'ana', true);
  await settle();
  await settle();
  for (const device of [lee, phone]) expect(await queueOf(device)).toEqual([]);
  expect(await here.owing()).toEqual([]);
  clock.ms += 1000;
  await say(ana, direct, 'zq Welcome back.');
  await meet(ana, lee, phone);
  expect(await queueOf(lee)).toMatchObject([{ kind: 'direct' }]);
  expect((await queueOf(lee))[0]?.open).toHaveLength(1);
  expect(await queueOf(phone)).toEqual([]);
});
