// Messages that go later, on devices of both sides, over PostgreSQL and a clock that the test sets: before their time, at it and after.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { conversationIdOf } from '../../../src/features/chat/schema.ts';
import { waitingConversations } from '../../../src/features/chat/queries-duty.ts';
import { ownFailed, ownScheduled, scheduledIn } from '../../../src/features/scheduled-message/queries.ts';
import { scheduledSample } from '../../../src/features/scheduled-message/samples.ts';
import { SCHEDULED } from '../../../src/features/scheduled-message/schema.ts';
import { declared } from '../../../src/features/shared.ts';
import { parseMutation } from '../../../src/sync/core/run.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { startTestDatabases } from '../../testing/database.ts';
import type { TestDatabases } from '../../testing/database.ts';
import { say, textsOn } from '../../../src/features/chat/talk.fixture.ts';
import { HOUR, meet, toldTo } from '../clock/clock.fixture.ts';
import { practicesWithScheduled } from './go.ts';
import { at, openScheduled, saidOn } from './scheduled.fixture.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
}, 120_000);
afterAll(() => databases.remove());

async function begun() {
  const world = await openScheduled(await databases.fresh());
  const { client, said } = world;
  const of = scheduledSample(client, at(2), 'zq how was it?');
  const plan = async (device: Device, change: JsonObject = {}) => {
    const id = newId();
    expect(await device.act('scheduledMessage.plan', { ...said(device), id, ...of, ...change })).toBeUndefined();
    return id;
  };
  const statusOn = async (device: Device, id: string) => (await device.reader.get(SCHEDULED, id))?.fields;
  return { ...world, of, plan, statusOn };
}

const codesOf = async (device: Device) => (await device.rejections()).map(({ code }) => code);

test('a message planned without a network goes once at its time, as its writer’s; the other side learns nothing before', async () => {
  const { takeAll, ana, lee, desk, document, plan, statusOn, go, pass, parts, partsOn, practice, server, of, signIn } =
    await begun();
  const [okafor, support] = await takeAll('okafor', 'support');
  const id = await plan(lee);
  await lee.restart();
  expect(await scheduledIn(lee.reader, of.conversation)).toMatchObject([{ id, body: 'zq how was it?', sent: false }]);
  await meet(lee, desk, ana, okafor, support);
  expect(await ownScheduled(desk.reader)).toMatchObject([{ id, sendAt: at(2), status: 'planned', sent: true }]);

  expect(await go()).toEqual(new Date(at(2)));
  expect(await practicesWithScheduled(parts.database, new Date(at(0)), HOUR)).toEqual([]);
  await meet(ana, okafor, support);
  for (const device of [ana, okafor, support]) {
    expect(await device.rows(SCHEDULED)).toEqual([]);
    expect(toldTo(device)).not.toMatch(/zq [a-z]/);
  }
  expect(await textsOn(ana, document)).toEqual([]);

  pass(2);
  expect(await practicesWithScheduled(parts.database, new Date(at(2)), 0)).toEqual([practice]);
  const other = server.release({ declared, now: parts.now });
  await Promise.all([go(), go(partsOn(other)), go(), go(partsOn(other))]);
  expect(await go()).toBeNull();
  await meet(ana, lee, desk, okafor, support);
  const by = await signIn(lee);
  const message = { id, by, at: at(2), body: 'zq how was it?', scheduled: at(0), automatic: undefined };
  for (const device of [ana, lee, desk]) expect(await saidOn(device, document)).toMatchObject([message]);
  expect(await statusOn(lee, id)).toMatchObject({ status: 'done', body: '' });
  expect(await scheduledIn(lee.reader, of.conversation)).toEqual([]);
  expect(await practicesWithScheduled(parts.database, new Date(at(3)), 0)).toEqual([]);
  for (const device of [okafor, support]) expect(toldTo(device)).not.toMatch(/zq [a-z]/);
  expect(server.bugs).toEqual([]);
});

test('until it goes it is changed, put off, cancelled and put back; what comes after that comes back with its words', async () => {
  const { ana, lee, desk, document, plan, on, statusOn, go, pass, of } = await begun();
  const [id, dropped, late] = [
    await plan(lee),
    await plan(lee, { body: 'zq dropped' }),
    await plan(lee, { body: 'zq late' }),
  ];
  await meet(lee, desk);
  const seen = { body: of.body, sendAt: of.sendAt };
  const better = { body: 'zq better', sendAt: at(3), seen };
  expect(await lee.act('scheduledMessage.change', { ...on(lee, id), ...better })).toBeUndefined();
  // The other device has not seen that: what it says instead stands in place of nothing.
  expect(await desk.act('scheduledMessage.change', { ...on(desk, id), ...better, body: 'zq other' })).toBeUndefined();
  expect(await desk.act('scheduledMessage.cancel', on(desk, dropped))).toBeUndefined();
  await meet(lee, desk, lee);
  expect(await codesOf(desk)).toEqual(['changed']);
  expect(JSON.stringify(await desk.rejections())).toContain('zq other');
  expect(await statusOn(desk, id)).toMatchObject({ body: 'zq better', sendAt: at(3) });

  pass(2);
  await lee.act('scheduledMessage.cancel', on(lee, late));
  await lee.act('scheduledMessage.restore', on(lee, late));
  await lee.exchange();
  await go();
  await meet(ana, lee, desk);
  expect(await textsOn(ana, document)).toEqual(['zq late']);
  expect(await statusOn(lee, dropped)).toMatchObject({ status: 'cancelled', body: 'zq dropped' });
  expect(await lee.act('scheduledMessage.sendNow', on(lee, id))).toBeUndefined();
  await lee.exchange();
  await go();
  // From here on it is too late, also for who did not know it.
  await desk.act('scheduledMessage.change', {
    ...on(desk, id),
    body: 'zq too late',
    sendAt: at(9),
    seen: { body: 'zq better', sendAt: at(3) },
  });
  await desk.act('scheduledMessage.cancel', on(desk, id));
  await meet(desk, lee, ana);
  expect(await codesOf(desk)).toEqual(['changed', 'changed', 'changed']);
  expect(await textsOn(ana, document)).toEqual(['zq late', 'zq better']);
  expect(toldTo(ana)).not.toMatch(/zq dropped|zq too late|zq other/);
});

test('a colleague on the care team knows of it and may stop it, and words nothing in another’s name', async () => {
  const { takeAll, ana, lee, plan, on, statusOn, server, go, pass, document } = await begun();
  await server.clinic.setCare('okafor', 'ana', true);
  const [okafor] = await takeAll('okafor');
  const id = await plan(lee);
  await meet(lee, okafor);
  const change = { body: 'zq not his', sendAt: at(4), seen: { body: 'zq how was it?', sendAt: at(2) } };
  expect(await okafor.act('scheduledMessage.change', { ...on(okafor, id), ...change })).toEqual({
    code: 'not-allowed',
  });
  expect(await okafor.act('scheduledMessage.sendNow', on(okafor, id))).toEqual({ code: 'not-allowed' });
  expect(await okafor.act('scheduledMessage.cancel', on(okafor, id))).toBeUndefined();
  await meet(okafor, lee);
  expect(await lee.act('scheduledMessage.restore', on(lee, id))).toEqual({ code: 'not-allowed' });
  expect(await statusOn(lee, id)).toMatchObject({ status: 'cancelled', cancelledBy: okafor.desk.memberId });
  pass(2);
  await go();
  await meet(ana);
  expect(await textsOn(ana, document)).toEqual([]);
});

test('what may not be said any more does not go, and says why to its author, who has his words', async () => {
  const { ana, lee, plan, on, statusOn, said, client, go, pass, document, server } = await begun();
  const id = await plan(lee);
  await lee.act('chat.close', { ...said(lee), client, kind: 'care-team', reason: 'Done.' });
  await lee.exchange();
  pass(2);
  await go();
  await meet(lee, ana);
  const words = { body: 'zq how was it?' };
  expect(await statusOn(lee, id)).toMatchObject({ status: 'failed', reason: 'closed', ...words });
  await lee.act('chat.close', { ...said(lee), client, kind: 'care-team' });
  await lee.act('chat.turnOff', { ...said(lee), client, reason: 'In hospital.' });
  await lee.act('scheduledMessage.sendNow', on(lee, id));
  await lee.exchange();
  await go();
  await lee.exchange();
  expect(await statusOn(lee, id)).toMatchObject({ status: 'failed', reason: 'off', ...words });
  await lee.act('chat.turnOff', { ...said(lee), client });
  await lee.act('scheduledMessage.sendNow', on(lee, id));
  await lee.exchange();
  // He leaves her care team: the place in which it lies is not his any more, his own is.
  await server.clinic.setCare('lee', 'ana', false);
  await go();
  await meet(lee, ana);
  expect(await statusOn(lee, id)).toBeUndefined();
  expect(await ownScheduled(lee.reader)).toMatchObject([{ status: 'failed', reason: 'not-allowed', ...words }]);
  expect(await textsOn(ana, document)).toEqual([]);
  expect(toldTo(ana)).not.toMatch(/zq how/);
});

test('to a client who was archived meanwhile nothing goes', async () => {
  const { ana, lee, plan, statusOn, go, pass, document, parts, client } = await begun();
  const id = await plan(lee);
  await lee.exchange();
  const archive = `update row set fields = jsonb_set(fields, '{status}', '"archived"') where id = $1`;
  await parts.database.pool.query(archive, [client]);
  pass(2);
  await go();
  await meet(lee, ana);
  expect(await statusOn(lee, id)).toMatchObject({ status: 'failed', reason: 'archived', body: 'zq how was it?' });
  expect(await ownFailed(lee.reader)).toBe(1);
  expect(await ownFailed(ana.reader)).toBe(0);
  expect(await textsOn(ana, document)).toEqual([]);
});

test('of who is no member any more nothing goes, and her care team has what he meant to say', async () => {
  const { takeAll, ana, lee, plan, statusOn, go, pass, document, server, ids } = await begun();
  await server.clinic.setCare('okafor', 'ana', true);
  const [okafor] = await takeAll('okafor');
  const id = await plan(lee);
  await meet(lee, okafor);
  await server.clinic.write('willow', [{ type: 'member', id: ids.absent, space: 'public', fields: null }]);
  pass(2);
  await go();
  await meet(okafor, ana);
  expect(await statusOn(okafor, id)).toMatchObject({ status: 'failed', reason: 'left', body: 'zq how was it?' });
  expect(await textsOn(ana, document)).toEqual([]);
});

test('killed between saying it and noting that, it stands there once, also where the conversation was closed meanwhile', async () => {
  const { ana, lee, plan, statusOn, said, client, go, pass, parts, document } = await begun();
  const [id, other] = [await plan(lee), await plan(lee, { body: 'zq other', sendAt: at(3) })];
  await lee.exchange();
  const killed = () => {
    let commits = 0;
    const commit: typeof parts.store.commit = (practice, batch) => {
      commits += 1;
      if (commits > 1) throw new Error('killed');
      return parts.store.commit(practice, batch);
    };
    return go({ store: { ...parts.store, commit } });
  };
  pass(2);
  await expect(killed()).rejects.toThrow('killed');
  await meet(ana, lee);
  expect(await statusOn(lee, id)).toMatchObject({ status: 'running' });
  await go();
  pass(3);
  await expect(killed()).rejects.toThrow('killed');
  await lee.act('chat.close', { ...said(lee), client, kind: 'care-team', reason: 'Done.' });
  await lee.exchange();
  await go();
  await meet(ana, lee);
  expect(await textsOn(ana, document)).toEqual(['zq how was it?', 'zq other']);
  for (const one of [id, other]) expect(await statusOn(lee, one)).toMatchObject({ status: 'done', body: '' });
});

test('what a client says after it was written still waits for an answer; what she said before is answered with it', async () => {
  const { ana, lee, plan, go, pass, document } = await begun();
  const waiting = async () => {
    await meet(ana, lee);
    return (await waitingConversations(lee.reader)).map(({ duty }) => duty?.open.length);
  };
  await say(ana, document, 'May I eat late?');
  await meet(ana, lee);
  pass(1);
  await plan(lee);
  await lee.exchange();
  pass(1.5);
  await say(ana, document, 'I do not feel well.');
  await ana.exchange();
  pass(2);
  await go();
  expect(await waiting()).toEqual([1]);
  await plan(lee, { sendAt: at(3) });
  await lee.exchange();
  pass(3);
  await go();
  expect(await waiting()).toEqual([]);
});

test('what a client says while the words lie on a device without a network still waits for an answer', async () => {
  const { ana, lee, plan, go, pass, document, on, of } = await begun();
  const waiting = async () => {
    await meet(ana, lee);
    return (await waitingConversations(lee.reader)).map(({ duty }) => duty?.open.length);
  };
  await plan(lee);
  pass(1);
  await say(ana, document, 'I want to die.');
  await ana.exchange();
  pass(1.5);
  await lee.exchange();
  pass(2);
  await go();
  expect(await waiting()).toEqual([1]);
  const other = await plan(lee, { sendAt: at(4) });
  await lee.exchange();
  const better = { body: 'zq better', sendAt: at(4), seen: { body: of.body, sendAt: at(4) } };
  await lee.act('scheduledMessage.change', { ...on(lee, other), ...better });
  pass(3);
  await say(ana, document, 'Are you there?');
  await ana.exchange();
  await lee.exchange();
  pass(4);
  await go();
  expect(await waiting()).toEqual([1]);
  expect(await textsOn(ana, document)).toContain('zq better');
});

test('one planned at the front desk waits where the office has it, and goes into a conversation that nobody has begun', async () => {
  const { takeAll, ana, client, go, pass, signIn } = await begun();
  const [support, owner] = await takeAll('support', 'owner');
  const conversation = conversationIdOf(client, 'front-desk');
  const said = { by: support.desk.memberId, at: at(0), zone: 'UTC' };
  const args = { ...said, id: newId(), client, kind: 'front-desk', conversation, body: 'zq your form', sendAt: at(2) };
  expect(await support.act('scheduledMessage.plan', args)).toBeUndefined();
  // Of another conversation than the one it names it is not taken.
  const odd = { ...args, id: newId(), conversation: conversationIdOf(client, 'care-team') };
  expect(await support.act('scheduledMessage.plan', odd)).toEqual({ code: 'invalid-arguments', where: 'conversation' });
  await meet(support, owner, ana);
  expect(await scheduledIn(owner.reader, conversation)).toMatchObject([{ body: 'zq your form', isOwn: false }]);
  pass(2);
  await go();
  await meet(ana, support);
  const by = await signIn(support);
  expect(await saidOn(ana, `chat:${conversation}:1`)).toMatchObject([{ by, body: 'zq your form' }]);
});

test.each([
  ['a time that has passed', { sendAt: at(-1) }, 'sendAt'],
  ['a year that was mistyped', { sendAt: '2062-06-10T12:00:00.000Z' }, 'sendAt'],
  ['a year of five digits', { sendAt: '+012026-06-10T12:00:00.000Z' }, 'sendAt'],
  ['no words', { body: ' ' }, 'body'],
  ['too many words', { body: 'x'.repeat(4001) }, 'body'],
  ['words that weigh too much', { body: 'م'.repeat(3900) }, 'body'],
])('%s is refused, and where is said', async (_, change, where) => {
  const args = { by: newId(), at: at(0), zone: 'UTC', id: newId(), ...scheduledSample(newId(), at(2)), ...change };
  const parsed = parseMutation(declared.mutators, { name: 'scheduledMessage.plan', args });
  expect(parsed).toEqual({ code: 'invalid-arguments', where });
});
