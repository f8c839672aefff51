// What owner and admins know of how long clients wait: counted right, by person and by clock, and nothing else of it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { CHAT } from '../../../src/features/chat/doc-names.ts';
import { waitingFor } from '../../../src/features/chat/parts/duty-row.ts';
import { waitingConversations } from '../../../src/features/chat/queries-duty.ts';
import { queueAges } from '../../../src/features/queue-age/queries.ts';
import { queueAgeRecord } from '../../../src/features/queue-age/schema.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { say } from '../../../src/features/chat/talk.fixture.ts';
import { BEGIN, END, HOUR, meet, openClock, START, toldTo } from './clock.fixture.ts';
import { settleCover } from './cover.ts';
import { practicesThatOwe, settleQueueAges } from './queue-ages.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 120_000);
afterAll(() => databases.remove());

const DAY = 24 * HOUR;

async function begun() {
  const world = await openClock(await databases.fresh());
  const settle = async () => {
    await settleCover(world.parts, world.practice);
    return settleQueueAges(world.parts, world.practice);
  };
  const owing = async (device: Device) => {
    await meet(device);
    const all = await queueAges(device.reader);
    return all
      .filter(({ owed }) => owed > 0)
      .map(({ name, owed, overdue, oldest }) => ({ name, owed, overdue, oldest }));
  };
  return { ...world, settle, owing };
}

test('an admin is told how many answers a provider owes, since when, and how many are overdue; and nothing else', async () => {
  const { takeAll, said, settle, owing, client, document, clock, parts, practice, server } = await begun();
  const [ana, lee, okafor, support, admin] = await takeAll('ana', 'lee', 'okafor', 'support', 'admin');
  await ana.act('chat.open', { ...said(ana), client, kind: 'care-team' });
  await meet(ana, lee);
  expect(await settle()).toBeNull();
  expect(await owing(admin)).toEqual([]);
  clock.ms = BEGIN + 90_000;
  await say(ana, document, 'zq I am ill');
  await meet(ana);
  const due = must(await settle(), 'a time');
  expect(due.getTime()).toBe(clock.ms + 2 * DAY + 1);
  const oldest = '2026-06-10T12:01:00.000Z';
  expect(await owing(admin)).toEqual([{ name: 'lee', owed: 1, overdue: 0, oldest }]);
  expect(await practicesThatOwe(parts.database)).toEqual([practice]);
  clock.ms = due.getTime();
  expect(await settle()).toBeNull();
  expect(await owing(admin)).toEqual([{ name: 'lee', owed: 1, overdue: 1, oldest }]);
  expect(await practicesThatOwe(parts.database)).toEqual([]);

  // No client, no conversation, no message, no word: the row has no place for any of them.
  const [row] = await admin.rows('queueAge');
  expect(Object.keys(must(row, 'a row').fields).sort()).toEqual(['member', 'oldest', 'overdue', 'owed']);
  for (const more of [{ client }, { conversation: newId() }, { words: 'zq' }])
    expect(() => queueAgeRecord.parse({ owed: 1, overdue: 0, ...more })).toThrow();
  expect(JSON.stringify(row)).not.toContain(client);
  expect(toldTo(admin)).not.toMatch(/zq [A-Za-z]|chatHead/);
  await meet(lee, okafor, support, ana);
  for (const device of [ana, lee, okafor, support]) expect(await device.rows('queueAge')).toEqual([]);

  await say(lee, document, 'zq I read it.');
  await meet(lee);
  await settle();
  expect(await owing(admin)).toEqual([]);
  expect(await admin.rows('queueAge')).toMatchObject([{ fields: { owed: 0, overdue: 0 } }]);
  expect(server.bugs).toEqual([]);
});

test('it is owed by who has taken it, by who stands in, and by nobody where a client has no provider', async () => {
  const { takeAll, said, settle, owing, client, document, clock, ids, server } = await begun();
  const [ana, lee, okafor, owner] = await takeAll('ana', 'lee', 'okafor', 'owner');
  await ana.act('chat.open', { ...said(ana), client, kind: 'care-team' });
  await meet(ana, lee);
  await say(ana, document, 'May I ask?');
  await meet(ana, lee);
  const { duty } = must((await waitingConversations(lee.reader))[0], 'a duty');
  await lee.act('chat.assignReply', { ...said(lee), client, kind: 'care-team', message: duty.message });
  await meet(lee);
  await owner.act('cover.ask', { ...said(owner), id: newId(), ...ids, start: START, end: END });
  await meet(owner);
  const namesOf = async () => {
    await settle();
    return (await owing(owner)).map(({ name }) => name);
  };
  expect(await namesOf()).toEqual(['lee']);
  clock.ms = Date.parse(START);
  expect(await namesOf()).toEqual(['okafor']);
  // What he had taken before he went is for who stands in, and his again by itself.
  await meet(okafor, lee);
  expect(await waitingConversations(okafor.reader)).toMatchObject([{ client, duty: { assignee: undefined } }]);
  expect(await waitingFor(okafor.reader, clock.ms)).toBe(1);
  // What the one who stands in puts off is put off for as long as he is there.
  const put = { message: duty.message, until: '2026-07-01T12:00:00.000Z', through: duty.through };
  await okafor.act('chat.snoozeReply', { ...said(okafor), client, kind: 'care-team', ...put });
  await meet(okafor, lee);
  expect(await waitingConversations(lee.reader)).toMatchObject([{ duty: { until: put.until } }]);
  clock.ms = Date.parse(END);
  expect(await namesOf()).toEqual(['lee']);
  await meet(lee);
  expect(await waitingConversations(lee.reader)).toMatchObject([
    { client, duty: { assignee: ids.absent, until: undefined } },
  ]);
  await server.clinic.setCare('lee', 'ana', false);
  await say(ana, document, 'Who is there?');
  await meet(ana);
  await server.clinic.write('willow', [
    { type: 'task', id: must((await lee.rows('task'))[0], 'a task').id, space: `staff:${client}`, fields: null },
  ]);
  expect(await namesOf()).toEqual([undefined]);
});

test('what a client writes to one provider alone is owed by him, also while somebody stands in', async () => {
  const { takeAll, said, settle, owing, client, clock, ids } = await begun();
  const [ana, lee, owner] = await takeAll('ana', 'lee', 'owner');
  const [id, cover] = [newId(), newId()];
  await lee.act('chat.begin', { ...said(lee), id, kind: 'direct', client, member: ids.absent });
  await owner.act('cover.ask', { ...said(owner), id: cover, ...ids, start: START, end: END });
  await meet(lee, ana, owner);
  clock.ms = Date.parse(START);
  await settle();
  await meet(ana);
  await say(ana, `${CHAT}:${id}:1`, 'For you alone.');
  await meet(ana);
  await settle();
  expect(await owing(owner)).toMatchObject([{ name: 'lee', owed: 1 }]);
});
