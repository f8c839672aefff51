import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { AUTOMATIC } from '../../../src/features/chat/doc-shape.ts';
import { conversationIdOf } from '../../../src/features/chat/schema.ts';
import { officeOf, userOf } from '../../../src/features/space-names.ts';
import type { Away } from '../../../src/features/away/schema.ts';
import { HandRefused } from '../../relay/hand.ts';
import { demoId } from '../../ops/demo-people.ts';
import { client, EffectWorld, member, NOON } from '../effects.fixture.ts';
import { lookForCauses } from './look.ts';
import { tellProgress } from './own-rows.ts';
import type { AutomaticParts } from './parts.ts';
import { saySome } from './say.ts';
import type { Passed } from './say.ts';

let world: EffectWorld;
const poked: string[] = [];
beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(async () => {
  await world.clear();
  // The demo was seeded after this clock.
  await world.rows(`update row set fields = fields - 'came' - 'last' where type = 'chatHead'`);
  poked.length = 0;
});
afterAll(() => world?.remove());

const parts = (): AutomaticParts => ({
  ...world.parts,
  sendJob: async () => undefined,
  onRows: (_, spaces) => void poked.push(...spaces),
});
const look = async () => {
  while ((await lookForCauses(parts(), world.practice)).isMore);
};
const sayAll = async (broadcast: string | null = null) => {
  let after: Passed | null = null;
  do after = await saySome(parts(), world.practice, { broadcast, after });
  while (after !== null);
};
const run = async () => {
  await look();
  await sayAll();
};
const later = (ms: number) => (world.clock = new Date(must(world.clock ?? undefined, 'a clock').getTime() + ms));
const HOUR = 3_600_000;
const automaticOf = async (of: string, kind?: 'front-desk') =>
  (await world.said(client(of), kind)).filter(({ by }) => by === AUTOMATIC).map(({ body }) => body);

/** Somebody new who is in care with a provider; gives her id. */
async function admit(status = 'active', provider = 'lee'): Promise<string> {
  const id = newId();
  await world.commitRow('client', { id, space: officeOf(id) }, { legalName: 'New', birthDate: '1990-01-01', status });
  await world.commitRow(
    'careTeamMember',
    { id: newId(), space: officeOf(id) },
    { client: id, member: member(provider), primary: true },
  );
  return id;
}

const setStatus = (id: string, status: string) =>
  world.rows(
    `update row set fields = jsonb_set(fields, '{status}', '"${status}"') where type = 'client' and id = '${id}'`,
  );

describe('the welcome', () => {
  const welcomesOf = async (id: string) =>
    (await world.said(id)).map(({ by, automatic, body }) => ({ by, automatic, body }));

  test('is said once to a client who comes into care, in her conversation with the care team, whoever looks how often', async () => {
    const id = await admit();
    await Promise.all([run(), run(), run()]);
    await run();
    const said = await welcomesOf(id);
    expect(said).toMatchObject([{ by: AUTOMATIC, automatic: { onBehalfOf: undefined } }]);
    expect(said[0]?.body).toContain('Welcome');
    expect(await world.said(id, 'front-desk')).toEqual([]);
    const rows = await world.rows<{ by: string }>(
      `select by from row where type = 'chatConversation' and id = '${conversationIdOf(id, 'care-team')}'`,
    );
    expect(rows).toEqual([{ by: world.practice }]);
  });

  test('is said once more by another primary provider, and not to who is no active client', async () => {
    const id = await admit();
    const prospect = await admit('prospect');
    await run();
    await world.commitRow(
      'careTeamMember',
      { id: newId(), space: officeOf(id) },
      { client: id, member: member('okafor'), primary: true },
    );
    await world.rows(`delete from relation where object = 'client:${id}' and subject = 'member:${member('lee')}'`);
    await run();
    await run();
    expect(await welcomesOf(id)).toHaveLength(2);
    expect(await world.said(prospect)).toEqual([]);
  });

  test('is said in the office’s words, and where they have switched it off not at all', async () => {
    const word = (isOn: boolean) =>
      world.act('support', 'welcome.wordWelcome', { welcome: { isOn, text: 'Good that you are here.' } });
    await word(true);
    const first = await admit();
    await run();
    await word(false);
    const second = await admit();
    await run();
    expect((await welcomesOf(first)).map(({ body }) => body)).toEqual(['Good that you are here.']);
    expect(await world.said(second)).toEqual([]);
    await world.rows(`delete from row where type = 'welcome'`);
  });

  test('is not said to a client for whom conversations are turned off', async () => {
    const id = await admit();
    await world.act('owner', 'chat.turnOff', { client: id, reason: 'In hospital.' });
    await run();
    expect(await world.said(id)).toEqual([]);
  });

  test('is not said to who has been here for long, because somebody stands in for her provider', async () => {
    const id = await admit();
    await look();
    await world.rows(`delete from automatic_message where client = '${id}'`);
    const period = { start: NOON.toISOString(), end: new Date(NOON.getTime() + HOUR).toISOString() };
    await world.commitRow(
      'careTeamMember',
      { id: newId(), space: officeOf(id) },
      { client: id, member: member('okafor'), primary: false, onBehalfOf: member('lee'), period },
    );
    await run();
    expect(await world.said(id)).toEqual([]);
  });

  test('opens with the demo, once for each active client, and no start says it again', async () => {
    for (const of of ['ana', 'ben', 'dana']) expect(await automaticOf(of)).toHaveLength(1);
    expect((await world.said(client('ana')))[0]?.by).toBe(AUTOMATIC);
    await world.rows('update automatic_cursor set through = 0');
    await run();
    for (const of of ['ana', 'ben', 'dana']) expect(await automaticOf(of)).toHaveLength(1);
  });
});

describe('who is away', () => {
  const once: NonNullable<Away['once']> = { from: NOON.toISOString(), text: 'Away until the 20th.' };
  const away = (setting: Away, by = 'lee') => world.act(by, 'away.choose', { setting: setting as never });
  const repliesTo = async (of: string, ...args: [] | ['front-desk']) =>
    (await automaticOf(of, ...args)).filter((body) => !body.startsWith('Welcome'));

  test('answers a client once in a window, on behalf of himself, however often she writes and whoever looks', async () => {
    await away({ isOn: true, once });
    later(HOUR);
    await world.say('ana', 'ana', { body: 'Are you there?' });
    await Promise.all([run(), run()]);
    await world.say('ana', 'ana', { body: 'Hello?' });
    await run();
    expect(await repliesTo('ana')).toEqual(['Away until the 20th.']);
    expect((await world.said(client('ana'))).find(({ body }) => body.startsWith('Away'))?.automatic).toEqual({
      cause: 'away',
      onBehalfOf: demoId('user lee'),
    });
    expect(await repliesTo('ben')).toEqual([]);
    // Another window is another answer.
    await away({ isOn: true, once: { from: new Date(NOON.getTime() + 2 * HOUR).toISOString(), text: 'Away again.' } });
    later(2 * HOUR);
    await run();
    expect(await repliesTo('ana')).toEqual(['Away until the 20th.']);
    await world.say('ana', 'ana', { body: 'Now?' });
    await run();
    expect(await repliesTo('ana')).toEqual(['Away until the 20th.', 'Away again.']);
  });

  test('answers no colleague, no automatic message, nothing at the front desk, and no other provider’s client', async () => {
    await away({ isOn: true, once: { ...once, text: 'Only for clients.' } });
    later(HOUR);
    const before = await repliesTo('ben');
    await world.say('ben', 'ben', { body: 'One moment before.' });
    world.clock = new Date(NOON.getTime() + HOUR + 1);
    await world.say('lee', 'ben', { body: 'I have written from my leave.' });
    await world.say('ben', 'ben', { body: 'For the desk.', kind: 'front-desk' });
    await world.say('dana', 'dana', { body: 'To Dr. Okafor.' }).catch(() => undefined);
    await run();
    await run();
    expect(await repliesTo('ben')).toEqual(before);
    expect(await repliesTo('ben', 'front-desk')).toEqual([]);
    expect(await repliesTo('dana')).toEqual([]);
    await world.rows(`delete from automatic_message`);
  });

  test('answers nothing that was written in a conversation that was begun', async () => {
    await away({ isOn: true, once });
    const before = await repliesTo('ben');
    const direct = newId();
    const begun = { id: direct, kind: 'direct', client: client('ben'), member: member('lee') };
    await world.act('lee', 'chat.begin', begun);
    await world.say('ben', 'ben', { id: direct, body: 'Are you there?' });
    await run();
    expect(await repliesTo('ben')).toEqual(before);
    const log = await world.rows<{ n: string }>(`select count(*) as n from doc_update where name = 'chat:${direct}:1'`);
    expect(Number(log[0]?.n)).toBe(1);
  });

  test('answers no words twice where the window is moved over them, and the next words by the new one', async () => {
    const mine = async () => (await repliesTo('ana')).filter((body) => body.startsWith('Moved'));
    const after = (ms: number) => new Date(NOON.getTime() + ms).toISOString();
    await away({ isOn: true, once: { from: after(HOUR / 4), text: 'Moved: first.' } });
    later(HOUR);
    await world.say('ana', 'ana', { body: 'Are you there?' });
    await run();
    await away({ isOn: true, once: { from: after(HOUR / 2), text: 'Moved: second.' } });
    later(1000);
    await run();
    await run();
    expect(await mine()).toEqual(['Moved: first.']);
    await world.say('ana', 'ana', { body: 'And now?' });
    await run();
    expect(await mine()).toEqual(['Moved: first.', 'Moved: second.']);
  });

  test('answers nobody who is no active client any more', async () => {
    await away({ isOn: true, once: { ...once, text: 'Not to who has left.' } });
    later(HOUR);
    await world.say('ben', 'ben', { body: 'Are you there?' });
    await setStatus(client('ben'), 'archived');
    await look();
    expect(await world.rows(`select id from automatic_message where client = '${client('ben')}'`)).toEqual([]);
    await setStatus(client('ben'), 'active');
  });

  test('who has switched it off answers nobody, also where an answer was already waiting', async () => {
    await away({ isOn: true, once: { ...once, text: 'Never said.' } });
    later(HOUR);
    await world.say('ben', 'ben', { body: 'Are you there?' });
    await look();
    expect(await world.rows(`select state from automatic_message where client = '${client('ben')}'`)).toEqual([
      { state: 'waiting' },
    ]);
    await away({ isOn: false, once: { ...once, text: 'Never said.' } });
    await sayAll();
    await world.say('ben', 'ben', { body: 'And now?' });
    await run();
    expect(await repliesTo('ben')).not.toContain('Never said.');
  });

  test('what came before the window, or is looked at after it, is not answered', async () => {
    await world.say('ana', 'ana', { body: 'Before.' });
    later(HOUR);
    const to = new Date(NOON.getTime() + 3 * HOUR).toISOString();
    await away({ isOn: true, once: { from: new Date(NOON.getTime() + HOUR).toISOString(), to, text: 'Too late.' } });
    await run();
    await world.say('ana', 'ana', { body: 'Within.' });
    later(4 * HOUR);
    await run();
    expect(await repliesTo('ana')).not.toContain('Too late.');
  });
});

describe('a broadcast', () => {
  test('does not come to who is no active client by then, nor to whom its author may write no more', async () => {
    const [archived, moved, stays] = [await admit(), await admit(), await admit()];
    await run();
    const [id, body] = [newId(), 'Asked again.'];
    const words = { body, audience: 'chosen', kind: 'care-team', recipients: [archived, moved, stays] };
    await world.act('lee', 'broadcast.confirm', { id, ...words });
    await look();
    const waiting = `select count(*)::int as n from automatic_message where source = '${id}' and state = 'waiting'`;
    expect(await world.rows(waiting)).toEqual([{ n: 3 }]);
    await setStatus(archived, 'archived');
    await world.rows(`delete from relation where object = 'client:${moved}' and subject = 'member:${member('lee')}'`);
    later(60_000);
    await sayAll(id);
    const all = await Promise.all([archived, moved, stays].map((one) => world.said(one)));
    expect(all.map((said) => said.filter((one) => one.body === body).length)).toEqual([0, 0, 1]);
    await tellProgress(parts(), world.practice, id);
    expect(await world.rows(`select fields from row where type = 'broadcastProgress' and id = '${id}'`)).toEqual([
      { fields: { status: 'sent', total: 1, sent: 1, leftOut: 2 } },
    ]);
  });

  const everybody = ['ana', 'ben', 'dana', 'cara'].map(client);
  const MINUTE = 60_000;
  const confirm = async (by: string, more: object) => {
    const id = newId();
    await world.act(by, 'broadcast.confirm', {
      id,
      body: `To many ${id}`,
      recipients: everybody,
      audience: 'chosen',
      kind: 'care-team',
      ...more,
    });
    return { id, body: `To many ${id}` };
  };
  const got = async (body: string, kind: 'care-team' | 'front-desk' = 'care-team') => {
    const all = await Promise.all(
      ['ana', 'ben', 'dana', 'cara'].map(async (of) => ({ of, said: await world.said(client(of), kind) })),
    );
    return all.flatMap(({ of, said }) => said.filter((one) => one.body === body).map(() => of));
  };
  const progressOf = async (id: string) =>
    (
      await world.rows<{ fields: object; space: string }>(
        `select fields, space from row where type = 'broadcastProgress' and id = '${id}'`,
      )
    )[0];

  test('comes after a minute, once, to the author’s own clients among those chosen', async () => {
    const { id, body } = await confirm('lee', {});
    await look();
    await tellProgress(parts(), world.practice, id);
    expect(await progressOf(id)).toEqual({
      space: userOf(member('lee')),
      fields: { status: 'scheduled', total: 2, sent: 0, leftOut: 2 },
    });
    later(MINUTE - 1);
    await sayAll(id);
    expect(await got(body)).toEqual([]);
    later(1);
    await Promise.all([sayAll(id), sayAll(id)]);
    await run();
    await tellProgress(parts(), world.practice, id);
    expect(await got(body)).toEqual(['ana', 'ben']);
    expect(await progressOf(id)).toMatchObject({ fields: { status: 'sent', sent: 2 } });
    expect(poked).toContain(userOf(member('lee')));
    // What was sent needs no second copy of its words.
    expect(await world.rows(`select body from automatic_message where source = '${id}' and body <> ''`)).toEqual([]);
  });

  test('of the owner comes to the front desk of all active clients, and to no prospect', async () => {
    const { id, body } = await confirm('owner', { kind: 'front-desk', audience: 'active' });
    await look();
    later(MINUTE);
    await sayAll(id);
    expect(await got(body, 'front-desk')).toEqual(['ana', 'ben', 'dana']);
    expect(await got(body)).toEqual([]);
  });

  test('of an owner says nothing in what clients have with their care team, nor does one of who has left', async () => {
    const asOwner = await confirm('owner', { kind: 'care-team' });
    const asProvider = await confirm('okafor', { kind: 'front-desk' });
    await look();
    later(MINUTE);
    await sayAll(asOwner.id);
    await sayAll(asProvider.id);
    expect([...(await got(asOwner.body)), ...(await got(asProvider.body, 'front-desk'))]).toEqual([]);
  });

  test('is undone within the minute, by nobody but its author', async () => {
    const { id, body } = await confirm('lee', {});
    await look();
    await expect(world.act('okafor', 'broadcast.cancel', { id })).rejects.toThrow('not-there');
    later(MINUTE - 1);
    await world.act('lee', 'broadcast.cancel', { id });
    later(MINUTE);
    // Its job comes before anybody has looked at the cancellation.
    await sayAll(id);
    await look();
    await tellProgress(parts(), world.practice, id);
    expect(await got(body)).toEqual([]);
    expect(await progressOf(id)).toMatchObject({ fields: { status: 'cancelled', sent: 0, total: 2 } });
  });
});

test('what meets a fault waits to be said again; what the guard refuses is called off', async () => {
  const id = await admit();
  await look();
  const states = () => world.rows(`select state from automatic_message where client = '${id}'`);
  const failing = (error: Error) => ({ ...parts(), hand: { append: () => Promise.reject(error) } });
  // What a relay that closes throws, and a pool: no code tells them from a fault.
  const all = { broadcast: null, after: null };
  await saySome(failing(new Error('the relay is closed')), world.practice, all);
  expect(await states()).toEqual([{ state: 'waiting' }]);
  expect(world.logged.join('')).toContain('automatic-fault');
  await world.rows(`update automatic_message set state = 'waiting' where client = '${id}'`);
  await saySome(failing(new HandRefused('odd')), world.practice, all);
  expect(await states()).toEqual([{ state: 'called-off' }]);
  expect(await world.said(id)).toEqual([]);
});

test('a conversation of which a part is full goes on in the next, and what is said again stands in neither twice', async () => {
  const id = await admit();
  await run();
  const practice = must((await world.parts.store.practice('harbor-care')) ?? undefined, 'the practice');
  const say = (n: number) => {
    const value = { id: demoId(`full ${n}`), by: AUTOMATIC, at: NOON.toISOString(), body: `No. ${n}`, automatic: true };
    const author = { userId: AUTOMATIC, memberId: practice.id };
    return world.relay.hand.append(practice, {
      document: { kind: 'chat', id: conversationIdOf(id, 'care-team'), segment: 1 },
      root: 'messages',
      value,
      author,
    });
  };
  for (let n = 0; n < 101; n += 1) expect(await say(n)).toBe('kept');
  expect([await say(0), await say(99), await say(100)]).toEqual(['kept', 'kept', 'kept']);
  const bodies = (await world.said(id)).map(({ body }) => body);
  expect(bodies.slice(1)).toEqual(Array.from({ length: 101 }, (_, n) => `No. ${n}`));
});
