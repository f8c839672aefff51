// Who stands in, on devices of all whom it concerns, over PostgreSQL and a clock that the test sets: before, within and after.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { waitingConversations } from '../../../src/features/chat/queries-duty.ts';
import { coveredByMe, coverLabels, endedForMe, noticesHere } from '../../../src/features/cover/queries.ts';
import { directOf, PUBLIC } from '../../../src/features/space-names.ts';
import { updateOf } from '../../../src/sync/client/doc-outbox.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { commentsOn, entriesOn, entryOf, onEntry } from '../../../src/sync/testing/people.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { say, textsOn } from '../../../src/features/chat/talk.fixture.ts';
import { BEGIN, END, HOUR, meet, openClock, START, toldTo } from './clock.fixture.ts';
import { practicesWithCover, settleCover } from './cover.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 120_000);
afterAll(() => databases.remove());

async function begun() {
  const world = await openClock(await databases.fresh());
  return { ...world, settle: () => settleCover(world.parts, world.practice) };
}

test('who stands in has the clients of who is away for that time and for no other, on all his devices', async () => {
  const { takeAll, said, server, client, ids, clock, settle, document, poked } = await begun();
  const [ana, ben, lee, phone, desktop] = await takeAll('ana', 'ben', 'lee', 'okafor', 'okafor');
  const id = newId();
  await ana.act('chat.open', { ...said(ana), client, kind: 'care-team' });
  await ana.act('journal.addEntry', entryOf(server, 'ana', 'zq soup'));
  await ben.act('journal.addEntry', entryOf(server, 'ben', 'zq of ben'));
  await meet(ana, ben, lee, phone, desktop);
  await say(ana, document, 'zq may I ask?');
  expect(await lee.act('cover.ask', { ...said(lee), id, ...ids, start: START, end: END })).toBeUndefined();
  await meet(ana, lee, phone);
  expect(await phone.rows('cover')).toMatchObject([{ fields: { status: 'requested' } }]);

  // Nobody has accepted: its time opens nothing.
  clock.ms = Date.parse(START);
  await settle();
  await meet(phone, desktop);
  expect(await entriesOn(phone)).toEqual([]);
  clock.ms = BEGIN;
  await settle();
  expect(await phone.act('cover.answer', { ...said(phone), id, accepts: true })).toBeUndefined();
  await meet(phone, lee, desktop);
  expect(await settle()).toEqual(new Date(START));
  await meet(ana, ben, phone, desktop);
  // Before: the client is told already, who stands in has nothing of hers, and no other client hears of it.
  expect(await noticesHere(ana.reader)).toEqual([{ ...ids, start: START, end: END }]);
  expect(await noticesHere(ben.reader)).toEqual([]);
  for (const device of [phone, desktop]) {
    expect(await entriesOn(device)).toEqual([]);
    expect(await waitingConversations(device.reader)).toEqual([]);
    expect(toldTo(device)).not.toMatch(/zq [a-z]/);
  }

  clock.ms = Date.parse(START);
  expect(await settle()).toEqual(new Date(END));
  expect(poked.at(-1)).toBe(true);
  const before = poked.length;
  await settle();
  expect(poked.length, 'what stands is not written again').toBe(before);
  await meet(phone, desktop, lee);
  for (const device of [phone, desktop]) {
    expect(await entriesOn(device)).toEqual(['zq soup']);
    expect([...(await coveredByMe(device.reader))]).toEqual([[client, ids.absent]]);
    expect(await waitingConversations(device.reader)).toMatchObject([{ client, kind: 'care-team' }]);
    expect(await textsOn(device, document)).toEqual(['zq may I ask?']);
    // What has come is found, in rows and in documents; so what is not found has not.
    for (const words of [/zq soup/, /zq may I ask/]) expect(toldTo(device)).toMatch(words);
    expect(toldTo(device)).not.toMatch(/zq of ben/);
  }
  expect(await waitingConversations(lee.reader)).toMatchObject([{ client }]);
  await say(phone, document, 'zq I am here for her.');
  await meet(phone, ana, lee, desktop);
  expect(await textsOn(ana, document)).toEqual(['zq may I ask?', 'zq I am here for her.']);
  expect(await waitingConversations(lee.reader)).toEqual([]);
  const { user } = server.clinic.people.okafor;
  for (const device of [ana, lee, desktop]) {
    const labelOf = await coverLabels(device.reader, client);
    expect(labelOf(user, START)).toBe('lee');
    expect(labelOf(user, END)).toBeNull();
    expect(labelOf(server.clinic.people.lee.user, START)).toBeNull();
  }
  await say(ana, document, 'zq and one more thing');
  await meet(ana, desktop, phone);
  const { duty } = must((await waitingConversations(phone.reader))[0], 'a duty');
  await phone.act('chat.assignReply', { ...said(phone), client, kind: 'care-team', message: duty.message });
  await meet(phone, lee);
  expect(await waitingConversations(lee.reader)).toMatchObject([{ duty: { assignee: ids.member } }]);

  // The end: one device is there, the other is offline with words unsent.
  const entry = must((await desktop.rows('journalEntry'))[0], 'an entry');
  await desktop.act('journal.addComment', onEntry(server, 'okafor', { id: entry.id, client }, { body: 'zq late' }));
  await say(desktop, document, 'zq too late');
  clock.ms = Date.parse(END);
  expect(await settle()).toBeNull();
  await say(ana, document, 'secret');
  await meet(ana, phone, lee);
  expect(await entriesOn(phone)).toEqual([]);
  expect(await phone.store.docs.under('')).toEqual([]);
  expect(await waitingConversations(phone.reader)).toEqual([]);
  expect([...(await coveredByMe(phone.reader))]).toEqual([]);
  await meet(desktop);
  expect(await entriesOn(desktop)).toEqual([]);
  expect(await desktop.store.docs.under('')).toEqual([]);
  for (const device of [phone, desktop]) expect(toldTo(device)).not.toMatch(/secret/);
  const back = await desktop.rejections();
  expect(back.map(({ code }) => code)).toEqual(['not-there', 'not-there']);
  expect(back.map((one) => one.mutation?.args.body ?? updateOf(one)?.intent)).toMatchObject([
    'zq late',
    { say: { body: 'zq too late' } },
  ]);
  await meet(ana, lee);
  expect(await commentsOn(ana)).toEqual([]);
  // What is still waiting is his again, and known to have come while he was away.
  expect(await waitingConversations(lee.reader)).toMatchObject([{ client, duty: { assignee: undefined } }]);
  expect(await endedForMe(lee.reader, END)).toMatchObject([{ id, memberName: 'okafor' }]);
  expect((await coverLabels(ana.reader, client))(user, START)).toBe('lee');
});

test('who is back early ends it at once, and may take that back; what was called off before was never told', async () => {
  const { takeAll, said, ids, clock, settle, server, client } = await begun();
  const [ana, lee, okafor, owner] = await takeAll('ana', 'lee', 'okafor', 'owner');
  await ana.act('journal.addEntry', entryOf(server, 'ana', 'soup'));
  const id = newId();
  // The owner's word settles it.
  expect(await owner.act('cover.ask', { ...said(owner), id, ...ids, start: START, end: END })).toBeUndefined();
  await meet(ana, owner);
  await settle();
  clock.ms += 2 * HOUR;
  await settle();
  await meet(lee, okafor, ana);
  expect(await entriesOn(okafor)).toEqual(['soup']);
  await lee.act('cover.end', { ...said(lee), id });
  await meet(lee);
  await settle();
  await meet(okafor, ana);
  expect(await entriesOn(okafor)).toEqual([]);
  expect(await noticesHere(ana.reader)).toEqual([{ ...ids, start: START, end: new Date(clock.ms).toISOString() }]);
  // Whoever has not ended it does not take that back.
  await owner.act('cover.resume', { ...said(owner), id });
  await meet(owner);
  expect((await owner.rejections()).map(({ code }) => code)).toEqual(['not-allowed']);
  await lee.act('cover.resume', { ...said(lee), id });
  await meet(lee);
  await settle();
  await meet(okafor);
  expect(await entriesOn(okafor)).toEqual(['soup']);
  const other = newId();
  const next = { start: END, end: new Date(Date.parse(END) + HOUR).toISOString() };
  await owner.act('cover.ask', { ...said(owner), id: other, ...ids, ...next });
  await meet(owner);
  await settle();
  await owner.act('cover.end', { ...said(owner), id: other });
  await meet(owner);
  await settle();
  await meet(ana);
  expect((await noticesHere(ana.reader)).map(({ start }) => start)).toEqual([START]);
  expect(client).toBeDefined();
});

test('nobody opens a chart to himself, and nobody answers for another', async () => {
  const { takeAll, said, ids, server, practice, parts, clock } = await begun();
  const [lee, okafor, admin] = await takeAll('lee', 'okafor', 'admin');
  const time = { start: START, end: END };
  const refusedOf = async (device: Device, name: string, args: object) => {
    await device.act(name, { ...said(device), ...args } as never).catch(() => undefined);
    await meet(device);
    return (await device.rejections()).at(-1)?.code;
  };
  const tried = await okafor.act('cover.ask', { ...said(okafor), id: newId(), ...ids, ...time });
  expect(tried).toMatchObject({ code: 'not-allowed' });
  const admins = { absent: ids.absent, member: server.clinic.people.admin.member };
  expect(await admin.act('cover.ask', { ...said(admin), id: newId(), ...admins, ...time })).toBeDefined();
  const id = newId();
  await lee.act('cover.ask', { ...said(lee), id, ...ids, ...time });
  await meet(lee, okafor, admin);
  expect(await lee.act('cover.answer', { ...said(lee), id, accepts: true })).toMatchObject({ code: 'not-allowed' });
  expect(await refusedOf(okafor, 'cover.resume', { id })).toBeUndefined();
  clock.ms = Date.parse(START) + 1;
  expect(await settleCover(parts, practice)).toBeNull();
  expect(await practicesWithCover(parts.database, parts.now(), 0)).toEqual([]);
  await okafor.act('cover.answer', { ...said(okafor), id, accepts: true });
  await meet(okafor);
  expect(await practicesWithCover(parts.database, parts.now(), 0)).toEqual([practice]);
  await settleCover(parts, practice);
  const { rows } = await parts.database.pool.query(
    "select subject from relation where relation = 'care_team' and source_type = 'careTeamMember' and subject = $1",
    [`member:${ids.member}`],
  );
  expect(rows).toHaveLength(1);
});

test('a client who comes to him meanwhile is covered too, and one who leaves him no more', async () => {
  const { takeAll, said, ids, server, settle, clock } = await begun();
  const [ben, okafor, owner] = await takeAll('ben', 'okafor', 'owner');
  await ben.act('journal.addEntry', entryOf(server, 'ben', 'of ben'));
  await owner.act('cover.ask', { ...said(owner), id: newId(), ...ids, start: START, end: END });
  await meet(ben, owner);
  clock.ms += 2 * HOUR;
  await settle();
  await meet(okafor);
  expect(await entriesOn(okafor)).toEqual([]);
  await server.clinic.setCare('lee', 'ben', true);
  await settle();
  await meet(okafor);
  expect(await entriesOn(okafor)).toEqual(['of ben']);
  // Between the two of them nothing is begun, unless he is on her team by himself.
  await meet(ben);
  const direct = directOf(server.clinic.people.ben.client, ids.member);
  const haveDirect = async () =>
    Promise.all([ben, okafor].map(async (one) => (await one.reader.spaces()).includes(direct)));
  expect(await haveDirect()).toEqual([false, false]);
  await server.clinic.setCare('okafor', 'ben', true);
  await settle();
  await meet(ben, okafor);
  expect(await haveDirect()).toEqual([true, true]);
  await server.clinic.setCare('okafor', 'ben', false);
  await server.clinic.setCare('lee', 'ben', false);
  await settle();
  await meet(okafor);
  expect(await entriesOn(okafor)).toEqual([]);
});

test('what a lost job or a day without a server has left open is found and closed', async () => {
  const { takeAll, said, ids, settle, clock, practice, parts } = await begun();
  const [owner] = await takeAll('owner');
  await owner.act('cover.ask', { ...said(owner), id: newId(), ...ids, start: START, end: END });
  await meet(owner);
  clock.ms = Date.parse(START);
  await settle();
  clock.ms = Date.parse(END) + 60 * 24 * HOUR;
  const look = () => practicesWithCover(parts.database, parts.now(), 0);
  expect(await look()).toEqual([practice]);
  await settle();
  expect(await look()).toEqual([]);
});

test('a client is not told that somebody reads who may not', async () => {
  const { takeAll, said, ids, settle, clock, server } = await begun();
  const [ana, owner] = await takeAll('ana', 'owner');
  await owner.act('cover.ask', { ...said(owner), id: newId(), ...ids, start: START, end: END });
  await meet(owner);
  clock.ms = Date.parse(START);
  const { user } = server.clinic.people.okafor;
  const row = { type: 'member', id: ids.member, space: PUBLIC };
  await server.clinic.write('willow', [{ ...row, fields: { name: 'okafor', userId: user, roles: ['support'] } }]);
  await settle();
  await meet(ana);
  expect(await noticesHere(ana.reader)).toEqual([]);
});
