import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { participantIdOf } from '../../src/features/chat/schema-community.ts';
import { scheduledSample } from '../../src/features/scheduled-message/samples.ts';
import { officeOf, staffOf, userOf } from '../../src/features/space-names.ts';
import { demoId } from '../ops/demo-people.ts';
import { client, EffectWorld, member, NOON } from './effects.fixture.ts';
import { lookAtNews } from './news.ts';

let world: EffectWorld;

beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(() => world.clear());
afterAll(() => world?.remove());

const NAMES = ['ana', 'ben', 'dana', 'cara', 'zoe', 'owner', 'support', 'lee', 'okafor', 'stone'];
const nameOf = new Map(NAMES.map((key) => [member(key), key]));

/** Who is to be told of what, in all practices. */
async function told(): Promise<string[]> {
  await world.look();
  const rows = await world.rows<{ member_id: string; kind: string }>('select member_id, kind from notice');
  return rows.map(({ member_id, kind }) => `${nameOf.get(member_id) ?? member_id} ${kind}`).sort();
}

test('what a client writes is told to the care team alone; crisis words besides', async () => {
  const entry = await world.write('ana');
  expect(await told()).toEqual(['lee entry']);
  await world.clear();
  await world.act('ana', 'journal.addComment', { id: newId(), client: client('ana'), entry, body: 'I want to die' });
  await world.act('ana', 'journal.reviseEntry', {
    id: newId(),
    client: client('ana'),
    entry,
    content: { text: 'Soup' },
  });
  expect(await told()).toEqual(['lee comment', 'lee entry', 'lee risk']);
});

test('what the care team does is told to that client alone, never to who did it', async () => {
  const entry = await world.write('ana');
  await world.clear();
  await world.comment('lee', 'ana', entry);
  await world.act('lee', 'journal.react', { id: newId(), client: client('ana'), entry, reaction: 'with-you' });
  expect(await told()).toEqual(['ana comment', 'ana reaction']);
});

test('that an entry was seen is told as the client’s receipts have it', async () => {
  const entry = await world.write('ana');
  const see = () => world.act('lee', 'journal.markSeen', { id: newId(), client: client('ana'), entry });
  await world.clear();
  await see();
  expect(await told()).toEqual(['ana reaction']);
  await world.act('ana', 'journal.chooseReceipts', { client: client('ana'), receipts: 'reply' });
  await world.clear();
  await see();
  expect(await told()).toEqual([]);
});

test('who wrote first in a conversation is told of the answers, in a direct one he alone, and staff of what others of them say', async () => {
  await world.office('okafor', 'ana', true);
  const [direct, staff] = [newId(), newId()];
  await world.act('lee', 'chat.begin', { id: direct, kind: 'direct', client: client('ana'), member: member('lee') });
  await world.act('lee', 'chat.begin', { id: staff, kind: 'staff', client: client('ana'), topic: 'Tuesday' });
  await world.clear();
  await world.say('lee', 'ana', { id: direct, body: 'How was Sunday?' });
  expect(await told()).toEqual(['ana comment']);
  await world.clear();
  await world.say('ana', 'ana', { id: direct, body: 'Long.' });
  // What came a moment before is told once more.
  expect(await told()).toEqual(['ana comment', 'lee comment']);
  await world.clear();
  await world.say('lee', 'ana', { id: staff, body: 'She had a long Sunday.' });
  expect(await told()).toEqual(['okafor comment']);
  await world.clear();
  await world.say('okafor', 'ana', { id: staff, body: 'I call her.' });
  expect(await told()).toContain('lee comment');
  await world.office('okafor', 'ana', false);
});

test('who is mentioned is told as of any words to him, and nobody who takes no part there', async () => {
  await world.office('okafor', 'ana', true);
  const [house, room] = [newId(), newId()];
  const [topic, called] = ['Kitchen', 'Sunny'];
  await world.act('owner', 'chat.begin', { id: house, kind: 'staff', topic });
  await world.act('lee', 'chat.begin', { id: room, kind: 'community', topic });
  const asked = { conversation: room, client: client('ana') };
  await world.act('lee', 'chat.ask', { ...asked, member: member('ana') });
  await world.act('ana', 'chat.join', { ...asked, name: called });
  const place = participantIdOf(room, member('ana'));
  const mentions = (who: string) => [{ who, at: 0, length: 5 }];
  let minute = 0;
  const say = async (key: string, id: string | undefined, ...whom: string[]) => {
    await world.clear();
    minute += 1;
    // What came a moment before is told once more.
    world.clock = new Date(world.parts.now().getTime() + minute * 60_000);
    for (const who of whom)
      await world.say(key, 'ana', { body: '@Lees, look.', ...(id !== undefined && { id }), mentions: mentions(who) });
    return told();
  };
  // Where nobody is called for, who is mentioned is; nobody who has no part there, nor oneself.
  expect(await say('owner', house, member('lee'))).toEqual(['lee comment']);
  expect(await say('owner', house, member('owner'), client('ana'), member('ana'), newId())).toEqual([]);
  expect(await say('lee', room, place)).toEqual(['ana comment']);
  expect(await say('lee', room, client('ben'), member('okafor'), member('support'))).toEqual([]);
  expect(await say('ana', room, member('lee'))).toEqual(['lee comment']);
  // In a conversation with a client a colleague is told beside her, once.
  await world.act('ana', 'chat.open', { client: client('ana'), kind: 'care-team' });
  const okafors = async () =>
    (await say('lee', undefined, member('okafor'), member('okafor'))).filter((one) => one.startsWith('okafor'));
  expect(await okafors()).toEqual(['okafor comment']);
  // Who has left in the meantime is not.
  await world.act('ana', 'chat.leave', { conversation: room });
  expect(await say('lee', room, place)).toEqual([]);
  await world.office('okafor', 'ana', false);
  expect(await okafors()).toEqual([]);
});

test('a task is told to whom it was given, and what becomes of it to nobody', async () => {
  const entry = await world.write('ana');
  await world.clear();
  const [flag, given] = [newId(), newId()];
  await world.act('lee', 'journal.flagEntry', { id: flag, client: client('ana'), entry, note: 'Call her' });
  // Her own flag tells nobody else where nobody else is on the team.
  expect(await told()).toEqual([]);
  await world.office('okafor', 'ana', true);
  await world.act('lee', 'journal.delegateEntry', {
    id: given,
    client: client('ana'),
    entry,
    place: demoId('team ana okafor'),
  });
  expect(await told()).toEqual(['okafor task']);
  await world.clear();
  await world.act('okafor', 'task.startTask', { id: given, client: client('ana') });
  await world.act('okafor', 'task.completeTask', { id: given, client: client('ana') });
  expect(await told()).toEqual([]);
  await world.office('okafor', 'ana', false);
});

test('who has left the care team before the look is not told', async () => {
  await world.office('okafor', 'ana', true);
  await world.clear();
  await world.write('ana');
  await world.office('okafor', 'ana', false);
  expect(await told()).toEqual(['lee entry']);
});

test('a strict viewer is not told of what is hidden from him', async () => {
  const entry = await world.write('ben', { text: '', weightKg: 61 });
  await world.clear();
  // Rows of this type are as a whole sensitive, in this world.
  const { journalComment } = world.parts.declared.recordTypes;
  const hidden = { ...journalComment, sensitive: { row: () => true } };
  const declared = {
    ...world.parts.declared,
    recordTypes: { ...world.parts.declared.recordTypes, journalComment: hidden },
  };
  await world.comment('lee', 'ben', entry, 'Your weight is');
  const strict = { ...world.parts, declared } as typeof world.parts;
  while (await lookAtNews(strict, world.practice));
  expect(await world.rows('select * from notice')).toEqual([]);
  // To a client who is not protected it is news.
  await world.clear();
  await world.comment('lee', 'ana', await world.write('ana'), 'Your weight is');
  while (await lookAtNews(strict, world.practice));
  expect(
    (await world.rows<{ member_id: string }>('select member_id from notice')).map((row) => row.member_id),
  ).toContain(member('ana'));
});

test('each row is looked at once, on however many nodes at once, whatever is in the way', async () => {
  const entry = await world.write('ana');
  for (let i = 0; i < 5; i++) await world.comment('lee', 'ana', entry);
  await Promise.all(Array.from({ length: 4 }, () => world.look()));
  const rows = await world.rows<{ n: string }>('select count(*) as n from notice');
  expect(Number(rows[0]?.n)).toBe(6);
  await world.rows('delete from notice');
  await world.look();
  expect(await world.rows('select * from notice')).toEqual([]);
});

test('what is committed while one looks is the next look’s', async () => {
  await world.write('ana');
  await world.clear();
  const before = await world.write('ana');
  let between: string | undefined;
  const store = {
    ...world.parts.store,
    practice: async (slug: string) => {
      between ??= await world.write('ana', { text: 'I want to die' });
      return world.parts.store.practice(slug);
    },
  };
  while (await lookAtNews({ ...world.parts, store }, world.practice));
  await world.look();
  const rows = await world.rows<{ source: string }>('select distinct source from notice');
  expect(rows.map(({ source }) => source).sort()).toEqual([before, between].sort());
});

test('a row that this program cannot read keeps nobody from hearing of the others', async () => {
  const [broken, whole] = [await world.write('ana'), await world.write('ana')];
  const { store } = world.parts;
  const rules = world.parts.rules.map((rule) => ({
    ...rule,
    told: (row: Parameters<typeof rule.told>[0], around: Parameters<typeof rule.told>[1]) => {
      if (row.id === broken) throw new TypeError('no such thing');
      return rule.told(row, around);
    },
  }));
  while (await lookAtNews({ ...world.parts, store, rules }, world.practice));
  const rows = await world.rows<{ source: string }>('select distinct source from notice');
  expect(rows.map(({ source }) => source)).toEqual([whole]);
});

test('what is retracted before the look, and rows of the office, are no news', async () => {
  const entry = await world.write('ana');
  await world.clear();
  const id = newId();
  await world.act('lee', 'journal.react', { id, client: client('ana'), entry, reaction: 'with-you' });
  await world.act('lee', 'journal.withdrawReaction', { id, client: client('ana') });
  await world.office('okafor', 'ana', true);
  await world.office('okafor', 'ana', false);
  expect(officeOf(client('ana'))).toMatch(/^office:/);
  expect(await told()).toEqual([]);
});

test('a fault in what one row says keeps nobody from being told of the others', async () => {
  await world.write('ana', { text: 'breaks' });
  await world.write('ben');
  const broken = {
    type: 'journalEntry',
    told: (row: { fields: object }) => {
      if (JSON.stringify(row.fields).includes('breaks')) throw new TypeError('breaks');
      return [{ kind: 'entry', to: 'team' } as const];
    },
  };
  while (await lookAtNews({ ...world.parts, rules: [broken] }, world.practice));
  expect(await told()).toEqual(['lee entry']);
  expect(world.logged.join('')).toContain('notice-rule-failed');
  expect(world.logged.join('')).not.toContain('breaks');
});

test('that a planned message did not go is told to its author, and to her care team where he has left; to nobody else', async () => {
  await world.office('okafor', 'ana', true);
  const sample = scheduledSample(client('ana'), '2026-06-10T17:00:00.000Z');
  const place = { id: newId(), space: staffOf(client('ana')) };
  await world.act('lee', 'scheduledMessage.plan', { id: place.id, ...sample });
  const fields = { ...sample, author: member('lee'), zone: 'UTC', writtenAt: NOON.toISOString() };
  const write = (change: object, at = place) => world.commitRow('scheduledMessage', at, { ...fields, ...change });
  await world.clear();
  await write({ status: 'running' });
  expect(await told()).toEqual([]);
  await write({ status: 'failed', reason: 'closed' });
  expect(await told()).toEqual(['lee task']);
  await world.clear();
  // His words are back in the place that is his alone.
  await write({ status: 'failed', reason: 'not-allowed' }, { id: newId(), space: userOf(member('lee')) });
  expect(await told()).toEqual(['lee task']);
  await world.clear();
  await write({ status: 'failed', reason: 'left' });
  expect(await told()).toEqual(['lee task', 'okafor task']);
  await world.clear();
  const automation = { rule: newId(), trigger: 'handed-over', about: newId() };
  await write({ status: 'failed', reason: 'off', automation });
  expect(await told()).toEqual([]);
  await world.office('okafor', 'ana', false);
});
