// What the practice says by its rules, on devices of both sides, over PostgreSQL and a clock that the test sets: planned where the care
// team sees it, said once, stopped where its ground has gone, and never to who is no active client.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { automationsHere } from '../../../src/features/automation/queries.ts';
import { ruleSample } from '../../../src/features/automation/samples.ts';
import type { Rule } from '../../../src/features/automation/schema.ts';
import { AUTOMATIC } from '../../../src/features/chat/doc-shape.ts';
import { waitingConversations } from '../../../src/features/chat/queries-duty.ts';
import { conversationIdOf } from '../../../src/features/chat/schema.ts';
import { scheduledIn } from '../../../src/features/scheduled-message/queries.ts';
import { SCHEDULED } from '../../../src/features/scheduled-message/schema.ts';
import { officeOf } from '../../../src/features/space-names.ts';
import { declared } from '../../../src/features/shared.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { say, textsOn } from '../../../src/features/chat/talk.fixture.ts';
import { meet, toldTo } from '../clock/clock.fixture.ts';
import { at, openScheduled, saidOn } from './scheduled.fixture.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 120_000);
afterAll(() => databases.remove());

const DAY = 24;

async function begun() {
  const world = await openScheduled(await databases.fresh());
  const [support] = await world.takeAll('support');
  const { said, client } = world;
  const team = conversationIdOf(client, 'care-team');
  /** Makes a rule, or changes the one that is `seen`. */
  const decide = async (device: Device, rule: Rule, { id = newId(), seen }: { id?: string; seen?: Rule } = {}) => {
    const args = { ...said(device), id, rule, ...(seen && { seen }) };
    expect(await device.act('automation.decide', args)).toBeUndefined();
    await device.exchange();
    return id;
  };
  const plannedOn = async (device: Device, conversation = team) => {
    await meet(device);
    return (await scheduledIn(device.reader, conversation)).map(({ body, sendAt, status }) => ({
      body,
      sendAt,
      status,
    }));
  };
  /** The office puts her into Dr. Lee's care, now. */
  const admit = async () => {
    const [id, member] = [newId(), world.ids.absent];
    const fields = { client, member, primary: true };
    await world.server.clinic.write('willow', [{ type: 'careTeamMember', id, space: officeOf(client), fields }]);
    const pool = world.parts.database.pool;
    await pool.query('update row set received_at = $1 where id = $2', [world.parts.now(), id]);
  };
  const setStatus = (status: string) =>
    world.parts.database.pool.query(
      `update row set fields = jsonb_set(fields, '{status}', to_jsonb($1::text)) where id = $2`,
      [status, client],
    );
  return { ...world, support, team, decide, plannedOn, admit, setStatus };
}

test('a client whose answer is overdue is told once that she is not forgotten; her message waits as before', async () => {
  const { takeAll, ana, lee, support, decide, plannedOn, go, pass, document, partsOn, server, parts } = await begun();
  const [okafor, ben] = await takeAll('okafor', 'ben');
  await say(ana, document, 'Early words');
  await meet(ana, lee);
  // What was overdue before a rule was made is none of its business.
  pass(3 * DAY);
  const rule = ruleSample({ body: 'zq not forgotten' });
  await decide(support, rule);
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  await say(lee, document, 'An answer');
  await meet(lee, ana);
  await say(ana, document, 'May I ask?');
  await meet(ana, lee);
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  // Due after two days; at noon in Chicago the practice is awake.
  pass(5 * DAY + 1);
  const other = server.release({ declared, now: parts.now });
  await Promise.all([go(), go(partsOn(other)), go()]);
  await go();
  await meet(ana, lee, support, okafor, ben);
  const [message] = (await saidOn(ana, document)).slice(-1);
  expect(message).toMatchObject({ by: AUTOMATIC, body: 'zq not forgotten', automatic: { cause: 'rule' } });
  expect(await textsOn(ana, document)).toEqual(['Early words', 'An answer', 'May I ask?', 'zq not forgotten']);
  expect(await waitingConversations(lee.reader)).toMatchObject([{ duty: { open: [expect.any(String)] } }]);
  // It causes nothing itself, and asks for no other.
  pass(20 * DAY);
  await go();
  await meet(ana);
  expect(await textsOn(ana, document)).toHaveLength(4);
  for (const device of [okafor, ben]) expect(await device.rows(SCHEDULED)).toEqual([]);
  expect(toldTo(ben)).not.toMatch(/zq [a-z]/);
  expect(server.bugs).toEqual([]);
});

test('what is planned for a client is seen by her care team and stopped one by one, and by an answer, or as the rule is turned off', async () => {
  const { ana, lee, support, decide, plannedOn, go, pass, document, on, client, admit } = await begun();
  const rule = ruleSample({ trigger: 'came-into-care', delayDays: 7, body: 'zq a week' });
  const [id, second] = [await decide(support, rule), await decide(support, { ...rule, body: 'zq second' })];
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  pass(1);
  await admit();
  await go();
  // To one client no two on a day.
  const [first, next] = await plannedOn(lee);
  expect([first?.body, next?.body].sort()).toEqual(['zq a week', 'zq second']);
  expect([first?.sendAt.slice(0, 10), next?.sendAt.slice(0, 10)]).toEqual(['2026-06-17', '2026-06-18']);
  await meet(ana);
  expect(await ana.rows(SCHEDULED)).toEqual([]);
  expect(toldTo(ana)).not.toMatch(/zq [a-z]/);

  // Worded anew before it goes, it goes so; what a person has stopped stays so.
  const better = { ...rule, body: 'zq better' };
  await decide(support, better, { id, seen: rule });
  await go();
  await meet(lee);
  const planned = await scheduledIn(lee.reader, conversationIdOf(client, 'care-team'));
  const stopped = planned.find(({ body }) => body === 'zq second');
  expect(planned.map(({ body }) => body).sort()).toEqual(['zq better', 'zq second']);
  await lee.act('scheduledMessage.cancel', on(lee, String(stopped?.id)));
  await lee.exchange();
  await go();
  expect((await plannedOn(lee)).map(({ body }) => body)).toEqual(['zq better']);
  await meet(support);
  expect(await automationsHere(support.reader)).toHaveLength(2);
  // Off wins.
  await decide(support, { ...better, isOn: false }, { id, seen: better });
  await decide(
    support,
    { ...rule, body: 'zq second', isOn: false },
    { id: second, seen: { ...rule, body: 'zq second' } },
  );
  pass(9 * DAY);
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual([]);
});

test('one that waits for opening is stopped by an answer; one to who is no active client by then does not go and says so', async () => {
  const { ana, lee, support, decide, plannedOn, go, pass, document, client, admit } = await begun();
  await decide(support, ruleSample({ body: 'zq late' }));
  await say(ana, document, 'A question at night');
  await meet(ana, lee);
  // Due at seven in the morning in Chicago: the practice is not awake.
  pass(2 * DAY + 0.5);
  await go();
  expect(await plannedOn(lee)).toEqual([{ body: 'zq late', sendAt: '2026-06-12T13:00:00.000Z', status: 'planned' }]);
  await say(lee, document, 'Here I am.');
  await meet(lee, ana);
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  pass(3 * DAY);
  await go();
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual(['A question at night', 'Here I am.']);

  await decide(support, ruleSample({ trigger: 'came-into-care', delayDays: 1, body: 'zq day' }));
  await admit();
  await go();
  expect(await plannedOn(lee)).toMatchObject([{ body: 'zq day', status: 'planned' }]);
  await lee.act('chat.turnOff', { by: lee.desk.memberId, at: at(0), zone: 'UTC', client, reason: 'In hospital.' });
  await lee.exchange();
  pass(5 * DAY + 1);
  await go();
  expect(await plannedOn(lee)).toMatchObject([{ body: 'zq day', status: 'failed' }]);
  await meet(ana);
  expect(toldTo(ana)).not.toMatch(/zq [a-z]/);
});

test('a provider’s own rule holds for his clients alone and is said in his name; what the desk hands on is told at the desk', async () => {
  const { takeAll, ana, lee, support, decide, go, pass, client, said, signIn } = await begun();
  const [okafor] = await takeAll('okafor');
  const handed = ruleSample({ trigger: 'handed-over', body: 'zq handed on' });
  await decide(lee, { ...handed, member: lee.desk.memberId });
  await decide(okafor, { ...handed, body: 'zq not hers', member: okafor.desk.memberId });
  pass(3);
  await support.act('chat.open', { ...said(support), client, kind: 'front-desk' });
  const quotes = [{ by: 'x', at: at(3), body: 'The new pills make me dizzy.' }];
  await support.act('chat.handOver', { ...said(support), client, message: newId(), quotes });
  await support.exchange();
  await go();
  await go();
  await meet(ana);
  const onBehalfOf = await signIn(lee);
  expect(await saidOn(ana, `chat:${conversationIdOf(client, 'front-desk')}:1`)).toMatchObject([
    { by: AUTOMATIC, body: 'zq handed on', automatic: { cause: 'rule', onBehalfOf } },
  ]);
  expect(await textsOn(ana, `chat:${conversationIdOf(client, 'care-team')}:1`)).toEqual([]);
});

test('the practice’s rules are the office’s, a provider’s his; a change that another has not seen is not written over', async () => {
  const { takeAll, ana, lee, support, decide, said } = await begun();
  const [owner] = await takeAll('owner');
  const rule = ruleSample();
  const act = (device: Device, args: object) =>
    device.act('automation.decide', { ...said(device), id: newId(), ...args });
  expect(await act(lee, { rule })).toEqual({ code: 'not-allowed' });
  expect(await act(support, { rule: { ...rule, member: lee.desk.memberId } })).toEqual({ code: 'not-allowed' });
  const own = await decide(lee, { ...rule, member: lee.desk.memberId });
  const id = await decide(support, rule);
  await meet(owner, lee, ana);
  expect(await act(owner, { id: own, rule, seen: { ...rule, member: lee.desk.memberId } })).toEqual({
    code: 'not-allowed',
  });
  expect(await act(lee, { id, rule: { ...rule, member: lee.desk.memberId }, seen: rule })).toEqual({
    code: 'not-allowed',
  });
  await act(owner, { id, rule: { ...rule, body: 'The owner’s' }, seen: rule });
  await act(support, { id, rule: { ...rule, body: 'The desk’s' }, seen: rule });
  await meet(owner, support, owner);
  expect(await support.rejections()).toMatchObject([{ code: 'changed' }]);
  expect((await automationsHere(owner.reader)).find((one) => one.id === id)?.body).toBe('The owner’s');
  expect(await ana.rows('automation')).toEqual([]);
});

const firstDay = ruleSample({ trigger: 'came-into-care', delayDays: 1, body: 'zq one' });
const secondDay = ruleSample({ trigger: 'came-into-care', delayDays: 2, body: 'zq two' });

test('who becomes a client long after she was given a provider is told from then on, a day apart and in open hours', async () => {
  const { ana, lee, support, decide, plannedOn, go, pass, document, admit, setStatus } = await begun();
  for (const rule of [firstDay, secondDay]) await decide(support, rule);
  await setStatus('invited');
  pass(1);
  await admit();
  await go();
  expect(await plannedOn(lee)).toEqual([]);
  // Ten days later, at nine in the evening in Chicago.
  pass(10 * DAY + 14);
  await setStatus('active');
  await go();
  const times = (await plannedOn(lee)).map(({ sendAt }) => sendAt);
  expect(times).toEqual(['2026-06-21T13:00:00.000Z', '2026-06-22T13:00:00.000Z']);
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual([]);
});

test('what happened while nothing was said to a client is not told later', async () => {
  const { ana, lee, support, decide, plannedOn, go, pass, document, admit, client } = await begun();
  await decide(support, firstDay);
  const by = { by: lee.desk.memberId, at: at(0), zone: 'UTC', client };
  await lee.act('chat.turnOff', { ...by, reason: 'In hospital.' });
  await lee.exchange();
  pass(1);
  await admit();
  await go();
  await lee.act('chat.turnOff', by);
  await lee.exchange();
  for (const days of [1, 30, 40]) {
    pass(days * DAY + 4);
    await go();
  }
  expect(await plannedOn(lee)).toEqual([]);
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual([]);
});

test('what a server that stood still has missed does not come all at once, nor at night', async () => {
  const { ana, lee, support, decide, plannedOn, go, pass, document, admit } = await begun();
  for (const rule of [firstDay, secondDay]) await decide(support, rule);
  pass(1);
  await admit();
  await go();
  pass(5 * DAY + 14);
  await go();
  const times = (await plannedOn(lee)).map(({ sendAt }) => sendAt);
  expect(times).toEqual(['2026-06-16T13:00:00.000Z', '2026-06-17T13:00:00.000Z']);
  pass(6 * DAY + 1);
  await go();
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual(['zq one']);
});

test('a rule that is turned on again has again what was planned by it, and not what a person has stopped', async () => {
  const { lee, support, decide, plannedOn, go, pass, on, admit, team } = await begun();
  const id = await decide(support, firstDay);
  const other = await decide(support, secondDay);
  pass(1);
  await admit();
  await go();
  const before = await plannedOn(lee);
  expect(before).toHaveLength(2);
  const stopped = (await scheduledIn(lee.reader, team)).find(({ body }) => body === 'zq two');
  await lee.act('scheduledMessage.cancel', on(lee, String(stopped?.id)));
  await lee.exchange();
  for (const [rule, which] of [
    [firstDay, id],
    [secondDay, other],
  ] as const) {
    await decide(support, { ...rule, isOn: false }, { id: which, seen: rule });
    await go();
  }
  expect(await plannedOn(lee)).toEqual([]);
  pass(2);
  await decide(support, firstDay, { id, seen: { ...firstDay, isOn: false } });
  await decide(support, secondDay, { id: other, seen: { ...secondDay, isOn: false } });
  await go();
  expect(await plannedOn(lee)).toEqual(before.slice(0, 1));
});

test('by the rule of who is no provider any more nothing goes; the office turns it off, and does nothing else with it', async () => {
  const { takeAll, ana, lee, support, decide, plannedOn, go, pass, document, admit, server, ids, said, client } =
    await begun();
  const care = { client, member: ids.member, primary: false };
  await server.clinic.write('willow', [{ type: 'careTeamMember', id: newId(), space: officeOf(client), fields: care }]);
  const [okafor] = await takeAll('okafor');
  const rule = { ...firstDay, member: lee.desk.memberId };
  const id = await decide(lee, rule);
  pass(1);
  await admit();
  await go();
  expect(await plannedOn(okafor)).toMatchObject([{ body: 'zq one' }]);
  await server.clinic.write('willow', [{ type: 'member', id: ids.absent, space: 'public', fields: null }]);
  await go();
  expect(await plannedOn(okafor)).toEqual([]);
  pass(3 * DAY);
  await go();
  await meet(ana, support);
  expect(await textsOn(ana, document)).toEqual([]);
  const act = (next: Rule, seen: Rule) => support.act('automation.decide', { ...said(support), id, rule: next, seen });
  expect(await act({ ...rule, body: 'Another’s', isOn: false }, rule)).toEqual({ code: 'not-allowed' });
  expect(await act({ ...firstDay, isOn: false }, rule)).toEqual({ code: 'not-allowed' });
  expect(await act({ ...rule, isOn: false }, rule)).toBeUndefined();
  await meet(support);
  expect(await support.rejections()).toEqual([]);
  expect(await automationsHere(support.reader)).toMatchObject([{ id, isOn: false }]);
  expect(await act(rule, { ...rule, isOn: false })).toEqual({ code: 'not-allowed' });
});
