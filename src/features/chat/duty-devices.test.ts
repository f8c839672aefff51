// Reply duty over real devices, the real relay and its guard: what waits, what is decided about it, and where it ends.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Row } from '../../sync/core/record.ts';
import { changeDoc, openDoc } from '../../sync/client/docs.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import type { Task } from '../task/schema.ts';
import { readIntent } from './doc-acts.ts';
import { messagesOf } from './doc-fold.ts';
import { doIntent } from './doc-here.ts';
import { CHAT } from './doc-names.ts';
import { waitingFor } from './parts/duty-row.ts';
import { AUTOMATIC } from './doc-shape.ts';
import { say as sayAt, textsOn } from './talk.fixture.ts';
import { answererBefore, answerersOf, waitingConversations } from './queries-duty.ts';
import type { StandingKind } from './schema.ts';
import { conversationIdOf, HAND_OVER } from './schema.ts';

const AT = '2026-06-10T12:00:00.000Z';
const LATER = '2099-01-01T08:00:00.000Z';

async function begun(kind: StandingKind) {
  const server = await startMemoryServer({ declared });
  const take = (name: 'ana' | 'lee' | 'support' | 'owner') => plainDeviceOf(server, name);
  const [ana, lee, desk] = [await take('ana'), await take('lee'), await take('support')];
  const client = must(server.clinic.people.ana.client, 'a client');
  expect(await ana.act('chat.open', { ...by(ana), client, kind })).toBeUndefined();
  await meet(ana, lee, desk);
  const thread = conversationIdOf(client, kind);
  return { ana, lee, desk, take, client, thread, document: `${CHAT}:${thread}:1` };
}

const by = ({ desk }: Device) => ({ by: desk.memberId, at: AT, zone: 'UTC' });

async function meet(...devices: Device[]): Promise<void> {
  for (let i = 0; i < 3; i++) for (const device of devices) await device.exchange();
}

const say = (device: Device, document: string, body: string) => sayAt(device, document, body, AT);

/** What waits on this device, as its inbox has it. */
const queueOf = async (device: Device) => (await waitingConversations(device.reader)).map(({ duty }) => duty);

test('a client’s messages are one duty, which an answer ends; what may be a risk is said without its words', async () => {
  const { ana, lee, document, client } = await begun('care-team');
  const first = await say(ana, document, 'May I ask something?');
  const second = await say(ana, document, 'I want to die.');
  expect(await queueOf(lee)).toEqual([]);
  await meet(ana, lee);
  expect(await waitingConversations(lee.reader)).toMatchObject([
    { client, kind: 'care-team', unread: 2, duty: { message: first, open: [first, second], isRisk: true } },
  ]);
  await say(lee, document, 'I am here.');
  await meet(lee, ana);
  expect(await queueOf(lee)).toEqual([]);
  const third = await say(ana, document, 'Thank you.');
  await meet(ana, lee);
  expect(await queueOf(lee)).toMatchObject([{ message: third, open: [third], isRisk: false }]);
});

test('two who decide without a network decide on one task; the next message opens it again', async () => {
  const { ana, lee, document, client, take } = await begun('front-desk');
  const [desk, owner] = [await take('support'), await take('owner')];
  await say(ana, document, 'Is Friday free?');
  await meet(ana, lee, desk, owner);
  const [duty] = await queueOf(desk);
  const on = { client, kind: 'front-desk', message: must(duty, 'a duty').message };
  expect(await desk.act('chat.assignReply', { ...by(desk), ...on })).toBeUndefined();
  const put = { until: LATER, through: must(duty, 'a duty').through };
  expect(await owner.act('chat.snoozeReply', { ...by(owner), ...on, ...put })).toBeUndefined();
  await meet(desk, owner, lee);
  for (const device of [desk, owner, lee]) {
    const tasks = (await device.rows('task')) as Row<Task>[];
    expect(tasks.map(({ fields }) => fields)).toMatchObject([{ reason: 'reply', assignee: desk.desk.memberId }]);
    expect(await queueOf(device)).toMatchObject([{ assignee: desk.desk.memberId, until: LATER }]);
  }
  expect(await ana.rows('task')).toEqual([]);
  const settle = { outcome: 'no-reply', through: put.through };
  expect(await lee.act('chat.settleReply', { ...by(lee), ...on, ...settle })).toBeUndefined();
  await meet(lee, desk);
  expect(await queueOf(desk)).toEqual([]);
  const again = await say(ana, document, 'Or Monday?');
  await meet(ana, desk);
  expect(await queueOf(desk)).toMatchObject([{ open: [again], assignee: undefined }]);
});

test('what was settled is not open again as somebody decides about the next message; taken back, it is', async () => {
  const { ana, lee, document, client } = await begun('care-team');
  await say(ana, document, 'Is Friday free?');
  await meet(ana, lee);
  const first = must((await queueOf(lee))[0], 'a duty');
  const on = { client, kind: 'care-team', message: first.message };
  const settle = (through: string) => lee.act('chat.settleReply', { ...by(lee), ...on, outcome: 'resolved', through });
  expect(await settle(first.through)).toBeUndefined();
  const next = await say(ana, document, 'Or Monday?');
  await meet(lee, ana, lee);
  const [second] = await queueOf(lee);
  const onlyNext = [{ message: first.message, open: [next], since: must(second, 'a duty').since }];
  expect(must(second, 'a duty').since > first.since).toBe(true);
  expect(await lee.act('chat.assignReply', { ...by(lee), ...on })).toBeUndefined();
  expect(await queueOf(lee)).toMatchObject(onlyNext);
  const put = { until: LATER, through: must(second, 'a duty').through };
  expect(await lee.act('chat.snoozeReply', { ...by(lee), ...on, ...put })).toBeUndefined();
  expect(await queueOf(lee)).toMatchObject(onlyNext);
  expect(await settle(put.through)).toBeUndefined();
  // Somebody without a network, who had only the first in view, settles it too.
  expect(await settle(first.through)).toBeUndefined();
  expect(await queueOf(lee)).toEqual([]);
  expect(await lee.act('chat.reopenReply', { ...by(lee), ...on, settled: first.through })).toBeUndefined();
  await meet(lee);
  expect(await queueOf(lee)).toMatchObject(onlyNext);
  expect(await settle(put.through)).toBeUndefined();
  expect(await lee.act('chat.reopenReply', { ...by(lee), ...on, settled: null })).toBeUndefined();
  expect(await queueOf(lee)).toMatchObject([{ open: [first.message, next], since: first.since }]);
});

test('an answer that was taken or given is given back to who had it, or to nobody', async () => {
  const { ana, lee, desk, document, client } = await begun('front-desk');
  await say(ana, document, 'Hello?');
  await meet(ana, lee, desk);
  const duty = async () => must((await queueOf(lee))[0], 'a duty');
  const on = { client, kind: 'front-desk', message: (await duty()).message } as const;
  const [me, others] = [lee.desk.memberId, await answerersOf(lee.reader, on)];
  const assign = async (to: object) => lee.act('chat.assignReply', { ...by(lee), ...on, ...to });
  const before = await duty();
  expect(await assign({})).toBeUndefined();
  const mine = await duty();
  expect(mine.assignee).toBe(me);
  expect(await assign({ member: desk.desk.memberId })).toBeUndefined();
  const theirs = await duty();
  expect(await assign(answererBefore(mine, { me, others }))).toBeUndefined();
  expect((await duty()).assignee).toBe(me);
  expect(await assign(answererBefore(theirs, { me, others }))).toBeUndefined();
  expect((await duty()).assignee).toBe(desk.desk.memberId);
  expect(await assign(answererBefore(before, { me, others }))).toBeUndefined();
  await meet(lee, desk);
  expect((await queueOf(desk))[0]?.assignee).toBeUndefined();
  expect(answererBefore({ assignee: newId() }, { me, others })).toEqual({ nobody: true });
  expect(answererBefore(theirs, { me, others: [{ member: theirs.assignee ?? '', place: 'p', name: 'Sam' }] })).toEqual({
    place: 'p',
  });
});

test('what comes after all was settled is nobody’s as it is put off, whoever had the rest', async () => {
  const { ana, lee, document, client } = await begun('care-team');
  await say(ana, document, 'One.');
  await meet(ana, lee);
  const first = must((await queueOf(lee))[0], 'a duty');
  const on = { ...by(lee), client, kind: 'care-team', message: first.message };
  await lee.act('chat.assignReply', on);
  await lee.act('chat.settleReply', { ...on, outcome: 'no-reply', through: first.through });
  await say(ana, document, 'Two.');
  await meet(lee, ana, lee);
  const { through } = must((await queueOf(lee))[0], 'a duty');
  expect(await lee.act('chat.snoozeReply', { ...on, until: LATER, through })).toBeUndefined();
  expect(await queueOf(lee)).toMatchObject([{ until: LATER, assignee: undefined }]);
});

test('an icon counts what waits for the reader: not what is put off, or somebody else’s', async () => {
  const { ana, lee, document, client, take } = await begun('front-desk');
  const [desk, owner] = [await take('support'), await take('owner')];
  await say(ana, document, 'Is Friday free?');
  await meet(ana, lee, desk, owner);
  const duty = must((await queueOf(desk))[0], 'a duty');
  const on = { client, kind: 'front-desk', message: duty.message };
  const counts = async () => Promise.all([desk, owner].map(({ reader }) => waitingFor(reader, Date.parse(duty.since))));
  expect(await counts()).toEqual([1, 1]);
  expect(await desk.act('chat.assignReply', { ...by(desk), ...on })).toBeUndefined();
  await meet(desk, owner);
  expect(await counts()).toEqual([1, 0]);
  const put = { until: LATER, through: duty.through };
  expect(await desk.act('chat.snoozeReply', { ...by(desk), ...on, ...put })).toBeUndefined();
  await meet(desk, owner);
  expect(await counts()).toEqual([0, 0]);
  expect(await waitingFor(owner.reader, Date.parse(LATER) + 1)).toBe(1);
});

test('who is given an answer takes part there; nobody else can be', async () => {
  const { ana, lee, desk, document, client } = await begun('front-desk');
  await say(ana, document, 'Hello?');
  await meet(ana, lee, desk);
  const on = { client, kind: 'front-desk', message: must((await queueOf(desk))[0], 'a duty').message };
  const give = (member: string) => desk.act('chat.assignReply', { ...by(desk), ...on, member });
  expect(await give(lee.desk.memberId)).toBeUndefined();
  expect(await give(ana.desk.memberId)).toMatchObject({ code: 'not-there', where: 'member' });
});

test('what is written to a conversation that was closed meanwhile comes back with its words and why, and goes when it is open again', async () => {
  const { ana, lee, document, client } = await begun('care-team');
  await say(ana, document, 'Before.');
  await meet(ana, lee);
  const close = { ...by(lee), client, kind: 'care-team' };
  expect(await lee.act('chat.close', { ...close, reason: 'Your care here has ended.' })).toBeUndefined();
  await lee.exchange();
  await say(ana, document, 'Written offline.');
  await meet(ana, lee);
  expect(await ana.rejections()).toMatchObject([
    { code: 'closed', mutation: { args: { intent: { say: { body: 'Written offline.' } } } } },
  ]);
  expect(await textsOn(ana, document)).toEqual(['Before.']);
  expect(await textsOn(lee, document)).toEqual(['Before.']);
  expect(await queueOf(lee)).toMatchObject([{ open: [expect.any(String)] }]);
  // That it was read is still said.
  const items = await openDoc(lee.desk, document);
  const read = must(readIntent(messagesOf(items.doc), { me: 'user-lee', at: AT }) ?? undefined, 'an intent');
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, read);
  await changeDoc(lee.desk, { document, intent: read, change });
  items.release();
  await meet(lee, ana);
  expect(await lee.rejections()).toEqual([]);
  expect(await lee.act('chat.close', close)).toBeUndefined();
  await meet(lee, ana);
  await say(ana, document, 'After.');
  await meet(ana, lee);
  expect(await textsOn(lee, document)).toEqual(['Before.', 'After.']);
});

test('what the front desk hands over waits in the care team’s thread, with its trail; the desk reads nothing of that thread', async () => {
  const { ana, lee, desk, document, client } = await begun('front-desk');
  expect(await ana.act('chat.open', { ...by(ana), client, kind: 'care-team' })).toBeUndefined();
  const care = `${CHAT}:${conversationIdOf(client, 'care-team')}:1`;
  await say(ana, care, 'For my team alone.');
  const message = await say(ana, document, 'The new pills make me dizzy.');
  await meet(ana, lee, desk);
  await say(lee, care, 'Thank you for telling us.');
  await meet(lee, desk);
  const quotes = [
    { by: 'user-ana', at: AT, body: 'The new pills make me dizzy.' },
    { by: 'user-ana', at: AT, body: '', media: 2 },
    { by: AUTOMATIC, at: AT, body: 'If you want to die, call 988.' },
  ];
  const hand = { ...by(desk), client, message, quotes };
  expect(await desk.act('chat.handOver', hand)).toBeUndefined();
  const duty = must((await queueOf(desk))[0], 'a duty');
  const on = { client, kind: 'front-desk', message: duty.message, outcome: 'resolved', through: duty.through };
  expect(await desk.act('chat.settleReply', { ...by(desk), ...on })).toBeUndefined();
  await meet(desk, lee, ana);
  expect(await queueOf(desk)).toEqual([]);
  expect(await waitingConversations(lee.reader)).toMatchObject([
    { kind: 'care-team', duty: { open: [message], isRisk: false } },
  ]);
  const handed = (await lee.rows(HAND_OVER)).map(({ space, fields }) => ({ space, quotes: fields['quotes'] }));
  expect(handed).toHaveLength(2);
  expect(handed).toContainEqual({ space: `chart:${client}`, quotes });
  expect(handed).toContainEqual({ space: `desk:${client}`, quotes: undefined });
  expect(JSON.stringify(desk.wire.crossed.map(({ answer }) => answer))).not.toMatch(/my team alone|telling us|chart:/);
  await say(lee, care, 'About the pills: let us talk today.');
  await meet(lee);
  expect(await queueOf(lee)).toEqual([]);
});
