import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { openSealingSession } from '../../src/sync/core/parcel.ts';
import { declared as real } from '../../src/features/shared.ts';
import { entryOf, onEntry } from '../../src/sync/testing/people.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Name } from '../testing/clinic.ts';
import { startMemoryServer, startPgServer, USER_HEADER } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';

/** The name of an act that there was once. */
const RETIRED = 'journal.wasOnce';
const declared = { ...real, retired: [RETIRED] };

let databases: TestDatabases;
let server: SyncServer;
let device: string;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  server = await startMemoryServer({ declared });
  device = newId();
});
afterEach(() => expect(server.bugs).toEqual([]));

type Answer = {
  status: number;
  results?: JsonObject[];
  rows?: JsonObject[];
  version?: number;
  cursor?: number;
  error?: JsonObject;
};

async function ask(call: string, name: Name, body: JsonObject): Promise<Answer> {
  const { member, user, practice } = server.clinic.people[name];
  const url = `http://interlude.test/sync/${practice}/${call}`;
  const text = JSON.stringify({ membership: member, device, ...body });
  const response = await server.fetch(
    new Request(url, { method: 'POST', headers: { [USER_HEADER]: user }, body: text }),
  );
  return { status: response.status, ...((await response.json()) as object) };
}

const mutation = (n: number, args: JsonObject, name = 'journal.addEntry') => {
  return { n, mid: newId(), name, v: 1, args, base: 0, at: new Date().toISOString() };
};
const entry = (n: number, text: string) => mutation(n, entryOf(server, 'ana', text));
const push = (mutations: JsonObject[], name: Name = 'ana') => ask('push', name, { mutations });

async function texts(): Promise<string[]> {
  const { epoch } = (await ask('hello', 'ana', { protocols: [1], build: 't' })) as Answer & { epoch?: string };
  const page = await ask('pull', 'ana', { epoch, cursor: 0, digest: '', fill: null, ladder: [] });
  return (page.rows ?? []).flatMap((row) => {
    const { content } = row['fields'] as { content?: { text: string } };
    return content === undefined ? [] : [content.text];
  });
}

describe('a batch', () => {
  test('is judged in order, each in view of those before it', async () => {
    const first = entryOf(server, 'ana', 'first');
    const answer = await push([
      mutation(1, first),
      mutation(2, onEntry(server, 'ana', first, { content: { text: 'reworded' } }), 'journal.reviseEntry'),
      mutation(3, onEntry(server, 'ana', { ...first, id: newId() }, { body: 'x' }), 'journal.addComment'),
      mutation(4, { ...first }),
      mutation(5, {}, 'sync.void'),
      mutation(6, {}, RETIRED),
      entry(7, 'last'),
    ]);
    const before = Number(answer.version) - 4;
    expect(
      answer.results?.map(({ n, result, code, version }) => [n, result, code ?? Number(version) - before]),
    ).toEqual([
      [1, 'applied', 1],
      [2, 'applied', 2],
      [3, 'refused', 'not-there'],
      [4, 'refused', 'already-there'],
      [5, 'applied', 3],
      [6, 'refused', 'unknown-mutator'],
      [7, 'applied', 4],
    ]);
    expect(await texts()).toEqual(['first', 'reworded', 'last']);
  });

  test('that comes again is answered as before, also in part, and has no effect', async () => {
    server = await startPgServer(await databases.fresh(), { declared });
    const batch = [entry(1, 'one'), mutation(2, {}, RETIRED), entry(3, 'three')];
    const answer = await push(batch);
    expect(await push(batch)).toEqual(answer);
    const longer = await push([...batch.slice(1), entry(4, 'four')]);
    expect(longer.results?.slice(0, 2)).toEqual(answer.results?.slice(1));
    expect(longer.version).toBe(Number(answer.version) + 1);
    expect(await texts()).toEqual(['one', 'three', 'four']);
  });

  test('with a gap says which number is wanted; with a known number and other words, that the device has forked', async () => {
    expect(await push([entry(2, 'x')])).toMatchObject({ status: 409, error: { code: 'gap', expected: 1 } });
    await push([entry(1, 'one')]);
    expect(await push([entry(3, 'x')])).toMatchObject({ status: 409, error: { code: 'gap', expected: 2 } });
    expect(await push([entry(2, 'x'), entry(4, 'y')])).toMatchObject({ status: 409, error: { code: 'gap' } });
    expect(await push([entry(1, 'other')])).toMatchObject({ status: 409, error: { code: 'device-forked' } });
    expect(await texts()).toEqual(['one']);
  });

  test('pushed many times at once has one effect', async () => {
    server = await startPgServer(await databases.fresh(), { declared });
    const batch = [entry(1, 'one'), entry(2, 'two')];
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(batch)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.results))).size).toBe(1);
    expect(await texts()).toEqual(['one', 'two']);
  });

  test('from many devices at once gives all their work distinct commit numbers', async () => {
    server = await startPgServer(await databases.fresh(), { declared });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => ask('push', 'ana', { device: newId(), mutations: [entry(1, `${i}`)] })),
    );
    const done = answers.filter((answer) => answer.status === 200);
    const versions = done.map((answer) => Number(answer.results?.[0]?.['version']));
    expect(new Set(versions).size).toBe(done.length);
    expect(await texts()).toHaveLength(done.length);
    expect(answers.filter((answer) => answer.status !== 200 && answer.status !== 503)).toEqual([]);
  });

  test.each([
    ['words that no database holds', { content: { text: 'a\u0000b' } }, 'invalid-arguments'],
    ['half a pair', { content: { text: '\udc00' } }, 'invalid-arguments'],
    ['words beyond the limit', { content: { text: 'x'.repeat(300_000) } }, 'invalid-arguments'],
    [
      'depth without end',
      { content: JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as JsonObject },
      'invalid-arguments',
    ],
    ['a row that is another client’s', { client: newId() }, 'not-allowed'],
    ['another author', { by: newId() }, 'not-author'],
  ])('refuses %s, and goes on behind it', async (_, change, code) => {
    const bad = mutation(1, { ...entryOf(server, 'ana', 'x'), ...change });
    const answer = await push([bad, entry(2, 'behind')]);
    expect(answer.results).toMatchObject([{ result: 'refused', code }, { result: 'applied' }]);
    expect(await texts()).toEqual(['behind']);
  });

  test.each([
    ['nothing in it', []],
    ['a number that is none', [{ n: 0 }]],
  ])('with %s is no batch', async (_, mutations) => {
    expect(await push(mutations)).toMatchObject({ status: 422, error: { code: 'invalid' } });
  });
});

test('who may read what he may not do is told so; nobody else learns that it is there', async () => {
  const hers = entryOf(server, 'ana', 'words');
  await push([mutation(1, hers)]);
  const seenBy = async (name: Name) =>
    (await push([mutation(name === 'ana' ? 2 : 1, onEntry(server, name, hers), 'journal.markSeen')], name)).results;
  expect(await seenBy('ana')).toMatchObject([{ code: 'not-allowed' }]);
  expect(await seenBy('ben')).toMatchObject([{ code: 'not-there', where: 'entry' }]);
});

describe('the ledger', () => {
  test('is a person’s own: another with the same device and numbers is answered for himself', async () => {
    await push([entry(1, 'hers')]);
    const theirs = mutation(1, entryOf(server, 'ben', 'his'));
    expect(await push([theirs], 'ben')).toMatchObject({ results: [{ n: 1, result: 'applied' }] });
    expect(await ask('hello', 'lee', { protocols: [1], build: 't' })).toMatchObject({ lastN: 0 });
    expect(await ask('hello', 'ana', { protocols: [1], build: 't' })).toMatchObject({ lastN: 1 });
  });
});

describe('a parcel', () => {
  test('is what was sealed, or is refused and takes its number', async () => {
    const { member } = server.clinic.people.ana;
    const session = await openSealingSession(server.sealing);
    const sealed = (n: number, plain: JsonObject, inside = {}) => {
      const header = { user: member, device, n, mid: String(plain['mid']), kind: 'mutation' as const };
      const bytes = session.seal(header, new TextEncoder().encode(JSON.stringify({ ...plain, ...inside })));
      return { header, sealed: Buffer.from(bytes).toString('base64url') };
    };
    const parcels = [
      sealed(1, entry(1, 'good')),
      sealed(2, entry(2, 'another number inside'), { n: 9 }),
      sealed(3, entry(3, 'another mid inside'), { mid: newId() }),
      { ...sealed(4, entry(4, 'no base64')), sealed: '!!' },
      { ...sealed(5, entry(5, 'nothing')), sealed: '' },
      sealed(6, { mid: newId(), words: 'no mutation' }),
      sealed(7, entry(7, 'also good')),
    ];
    const answer = await ask('parcels', 'ana', { parcels });
    expect(answer.results?.map(({ code }) => code)).toEqual([
      undefined,
      ...Array<string>(5).fill('parcel-unreadable'),
      undefined,
    ]);
    expect(await texts()).toEqual(['good', 'also good']);
    expect(await ask('parcels', 'ana', { parcels })).toEqual(answer);
  });
});

describe('hello', () => {
  test('answers a client of another age with which side has to be brought up to date', async () => {
    const later = server.release({ declared, protocols: [2, 3] });
    const greeted = (protocols: number[]) => ask('hello', 'ana', { protocols, build: 't' });
    expect(await greeted([2])).toMatchObject({ status: 409, error: { code: 'server-too-old' } });
    expect(await greeted([1, 2])).toMatchObject({ status: 200, protocol: 1 });
    server = later;
    expect(await greeted([1])).toMatchObject({ status: 426, error: { code: 'client-too-old' } });
    expect(await greeted([1, 2, 3, 4])).toMatchObject({ status: 200, protocol: 3 });
  });

  test('binds what comes after it: rows only in what is spoken here, words in all that was', async () => {
    const told: unknown[] = [];
    const later = server.release({ declared, protocols: [2, 3] });
    for (const one of [server, later]) {
      server = one;
      for (const said of [{}, { protocol: 1 }, { protocol: 3 }, { protocol: 4 }]) {
        const pulled = await ask('pull', 'ana', {
          epoch: null,
          cursor: 0,
          digest: '',
          fill: null,
          ladder: [],
          ...said,
        });
        device = newId();
        const pushed = await ask('push', 'ana', { mutations: [entry(1, 'words')], ...said });
        told.push([pulled.error?.['code'] ?? 'rows', pushed.error?.['code'] ?? 'taken']);
      }
    }
    const [fine, old, ahead] = [
      ['rows', 'taken'],
      ['client-too-old', 'taken'],
      ['server-too-old', 'server-too-old'],
    ];
    expect(told).toEqual([...[fine, fine, ahead, ahead], ...[old, old, fine, ahead]]);
  });

  test('of a protocol that is not spoken here nothing else is read', async () => {
    for (const call of ['push', 'parcels', 'pull']) {
      expect(await ask(call, 'ana', { protocol: 2, words: 'of another shape' })).toMatchObject({
        error: { code: 'server-too-old' },
      });
      expect(await ask(call, 'ana', { protocol: 0 })).toMatchObject({ error: { code: 'invalid' } });
    }
  });
});

test('an act that changes who may read what is told to everyone in the practice, another to its readers alone', async () => {
  const { member, user, client } = server.clinic.people.ana;
  const heard: string[] = [];
  server.hub.add({
    slug: 'willow',
    practiceId: server.clinic.practiceIds.willow,
    userId: user,
    memberId: member,
    device: newId(),
    spaces: async () => new Set(),
    poke: () => void heard.push('poke'),
    look: () => undefined,
    close: () => undefined,
  });
  const by = { by: server.clinic.people.lee.member, at: new Date().toISOString(), zone: 'UTC' };
  const set = { ...by, id: newId(), client, reason: 'agreed' };
  expect(await push([mutation(1, set, 'protection.setProtection')], 'lee')).toMatchObject({
    results: [{ result: 'applied' }],
  });
  expect(heard).toEqual(['poke']);
  device = newId();
  expect(await push([entry(1, 'words')])).toMatchObject({ results: [{ result: 'applied' }] });
  expect(heard).toEqual(['poke']);
});
