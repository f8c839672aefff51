// An unmodified y-websocket provider through real sockets, on PostgreSQL, beside devices that push: it converges, what it may not
// do ends its connection with a code and leaves the document as it was, and the others see nothing of it.

import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { bytesToBase64url } from '../../src/base/base64url.ts';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Name } from '../testing/clinic.ts';
import { Hand } from '../testing/hand.ts';
import { CHAPTER, declared } from '../testing/papers.ts';
import { startRelayNode } from '../testing/relay-node.ts';
import type { RelayNode, StockPeer } from '../testing/relay-node.ts';
import { USER_HEADER, startPgServer } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';
import { createPgNodeWire } from '../store/node-wire.ts';
import type { Database } from '../store/database.ts';

let databases: TestDatabases;
let database: Database;
let server: SyncServer;
let other: SyncServer;
let node: RelayNode;
let far: RelayNode;
let card: string;

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  database = await databases.fresh();
  server = await startPgServer(database, { declared, wire: createPgNodeWire(database) });
  other = server.release({ declared, wire: createPgNodeWire(database) });
  node = await startRelayNode(server);
  far = await startRelayNode(other);
  const phone = new Hand(server, 'ana');
  const add = phone.next('card.add', phone.card('ana'));
  await phone.push(add);
  card = String(add.args['id']);
});
afterEach(async () => {
  await Promise.all([node.close(), far.close()]);
  await Promise.all([server.endNode(), other.endNode()]);
  await databases.close(database);
  expect(server.bugs).toEqual([]);
});

async function expectSoon(look: () => unknown, expected: unknown): Promise<void> {
  await expect.poll(look, { timeout: 10_000, interval: 10 }).toEqual(expected);
}
const talk = () => `talk:${card}`;
const messageOf = (name: Name, text: string): JsonObject => ({
  id: newId(),
  by: server.clinic.people[name].user,
  text,
});
const say = (name: Name, { doc }: { doc: Y.Doc }, text: string) =>
  doc.getArray('messages').push([messageOf(name, text)]);
const textsOf = ({ doc }: { doc: Y.Doc }) =>
  (doc.getArray('messages').toJSON() as { text: string }[]).map(({ text }) => text).sort();

/** What the log holds of a document, in one word. */
async function logged(): Promise<string> {
  const { rows } = await database.pool.query<{ update: Buffer }>(
    'select update from doc_update where name = $1 order by seq',
    [talk()],
  );
  return createHash('sha256')
    .update(Buffer.concat(rows.map(({ update }) => update)))
    .digest('hex');
}

async function pushed(name: Name, text: string): Promise<void> {
  const hand = new Hand(server, name);
  const doc = new Y.Doc();
  say(name, { doc }, text);
  const update = bytesToBase64url(Y.encodeStateAsUpdate(doc));
  const answer = await hand.push(hand.next('sync.update', { document: talk(), update, intent: {}, by: hand.member }));
  expect(answer.results).toMatchObject([{ result: 'applied' }]);
}

async function synced(peer: StockPeer): Promise<StockPeer> {
  await expectSoon(() => peer.provider.synced, true);
  return peer;
}

describe('a stock provider', () => {
  test('converges with others, with devices that push, and with what it wrote while it was away', async () => {
    const ana = await synced(node.join('ana', talk()));
    const lee = await synced(node.join('lee', talk()));
    say('ana', ana, 'one');
    await expectSoon(() => textsOf(lee), ['one']);
    await pushed('ana', 'pushed');
    await expectSoon(() => textsOf(ana), ['one', 'pushed']);
    ana.provider.disconnect();
    for (let i = 0; i < 50; i++) say('ana', ana, `away ${i}`);
    say('lee', lee, 'meanwhile');
    ana.provider.connect();
    await expectSoon(() => textsOf(lee).length, 53);
    await expectSoon(() => textsOf(ana), textsOf(lee));
    expect([...ana.closed, ...lee.closed].filter(({ code }) => code >= 4000)).toEqual([]);
  });

  test('begins with a first frame of 1 MB or refuses it whole, and late joiners have it all', async () => {
    const doc = new Y.Doc();
    for (let i = 0; i < 400; i++) say('ana', { doc }, `${i} ${'words '.repeat(30)}`);
    const ana = node.join('ana', talk(), { doc });
    await synced(ana);
    const lee = node.join('lee', talk());
    await expectSoon(() => textsOf(lee).length, 400);
    expect(ana.closed).toEqual([]);
  });

  test('hears something of each document before it would give the line up', async () => {
    const heard: number[] = [];
    const socket = node.open(`/relay/${talk()}`, node.headersOf('ana'));
    socket.on('message', (data: Buffer) => void heard.push(data[0] ?? -1));
    await expectSoon(() => heard.length > 0, true);
    socket.terminate();
  });

  test('by a token of a sign-in, without cookie or origin, until that ends', async () => {
    const request = new Request('http://interlude.test/api/relay-token', {
      method: 'POST',
      headers: node.headersOf('ana'),
    });
    const answer = await node.fetch(request);
    const { token } = (await answer.json()) as { token: string };
    const join = (word: string) => node.join('ana', talk(), { headers: {}, params: { token: word } });
    await synced(join(token));
    const forged = join(`${token.slice(0, -2)}xx`);
    await expectSoon(() => forged.closed[0]?.code, 4401);
    node.ended.add(server.clinic.people.ana.user);
    const late = join(token);
    await expectSoon(() => late.closed[0]?.code, 4401);
  });

  test('says who is there under his own name, whatever he says', async () => {
    const [ana, lee] = [await synced(node.join('ana', talk())), await synced(node.join('lee', talk()))];
    ana.provider.awareness.setLocalState({ user: { id: server.clinic.people.lee.user }, typing: true });
    const seen = () => lee.provider.awareness.getStates().get(ana.doc.clientID);
    await expectSoon(seen, { user: { id: server.clinic.people.ana.user }, typing: true });
    ana.leave();
    await expectSoon(seen, undefined);
  });
});

describe('is turned away', () => {
  const codeOf = async (peer: StockPeer) => {
    await expectSoon(() => peer.closed.length > 0, true);
    return peer.closed[0]?.code;
  };

  test('finally, who is not signed in, who may not read, and from what is not there', async () => {
    expect(await codeOf(node.join('ana', talk(), { headers: { ...node.headersOf('ana'), cookie: '' } }))).toBe(4401);
    for (const name of ['okafor', 'ben', 'harborProvider', 'owner', 'prospect'] as const)
      expect(await codeOf(node.join(name, talk()))).toBe(4404);
    for (const name of [`talk:${newId()}`, `x:${card}`, 'nonsense', `talk:${card}:1`, '%'])
      expect(await codeOf(node.join('ana', name))).toBe(4404);
  });

  test.each([
    ['another site', { origin: 'https://evil.test' }, 403],
    ['no origin', { origin: '' }, 403],
  ])('from %s', async (_, change, status) => {
    const socket = node.open(`/relay/${talk()}`, node.headersOf('ana', change));
    const code = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(code).toBe(status);
  });

  test('at once when his care ends, on every node, and hears no more', async () => {
    const [lee, ana] = [await synced(far.join('lee', talk())), await synced(node.join('ana', talk()))];
    await server.clinic.setCare('lee', 'ana', false);
    const at = performance.now();
    // The office's own writing pokes nobody: an act does.
    const { practiceIds } = server.clinic;
    server.hub.pokeAll(practiceIds.willow, '');
    expect(await codeOf(lee)).toBe(4404);
    expect(performance.now() - at).toBeLessThan(1000);
    say('ana', ana, 'not for him');
    await expectSoon(async () => (await database.pool.query('select from doc_update')).rows.length, 1);
    expect(textsOf(lee)).toEqual([]);
  });

  test('when the row goes', async () => {
    const lee = await synced(far.join('lee', talk()));
    const hand = new Hand(server, 'ana');
    const { epoch } = (await server.store.practice('willow')) ?? {};
    const remove = hand.next('card.remove', hand.onCard('ana', card), { base: 99 });
    const request = new Request('http://interlude.test/sync/willow/push', {
      method: 'POST',
      headers: { [USER_HEADER]: server.clinic.people.ana.user },
      body: JSON.stringify({ membership: hand.member, device: hand.device, epoch, mutations: [remove] }),
    });
    expect((await server.fetch(request)).status).toBe(200);
    expect(await codeOf(lee)).toBe(4404);
  });
});

/** One message of y-websocket's protocol. */
function frame(type: number, ...parts: (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

const updateFrame = (update: Uint8Array) => frame(0, 2, update);
const madeBy = (change: (doc: Y.Doc) => void, clientId?: number) => {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  change(doc);
  return Y.encodeStateAsUpdate(doc);
};
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('an attack through the socket', () => {
  type Attack = (victim: Y.Doc) => Uint8Array | string;
  const ATTACKS: readonly (readonly [string, Attack])[] = [
    [
      'A1 a GC of 2^40 for the victim',
      (victim) => {
        const encoder = encoding.createEncoder();
        for (const one of [1, 1, victim.clientID, 1]) encoding.writeVarUint(encoder, one);
        encoding.writeUint8(encoder, 0);
        for (const one of [2 ** 40, 0]) encoding.writeVarUint(encoder, one);
        return updateFrame(encoding.toUint8Array(encoder));
      },
    ],
    [
      'A2 the victim’s client id with other content',
      (victim) =>
        updateFrame(
          madeBy((doc) => doc.getArray('messages').push([messageOf('okafor', 'forged'), { x: 1 }]), victim.clientID),
        ),
    ],
    [
      'A3 a delete set over the victim’s items',
      (victim) => {
        const copy = new Y.Doc();
        Y.applyUpdate(copy, Y.encodeStateAsUpdate(victim));
        const before = Y.encodeStateVector(copy);
        copy.getArray('messages').delete(0, 1);
        return updateFrame(Y.encodeStateAsUpdate(copy, before));
      },
    ],
    [
      'A4 what comes before what it stands on',
      () => {
        const doc = new Y.Doc();
        doc.getArray('messages').push([{ a: 1 }]);
        const before = Y.encodeStateVector(doc);
        doc.getArray('messages').push([{ a: 2 }]);
        return updateFrame(Y.encodeStateAsUpdate(doc, before));
      },
    ],
    ['A5 a key in an array, another root', () => updateFrame(madeBy((doc) => doc.getMap('messages').set('k', 1)))],
    ['A6 text in an array', () => updateFrame(madeBy((doc) => doc.getText('messages').insert(0, '<script>')))],
    [
      'A7 nested maps',
      () =>
        updateFrame(
          madeBy((doc) => {
            let map = new Y.Map();
            doc.getArray('messages').push([map]);
            for (let i = 0; i < 500; i++) {
              const inner = new Y.Map();
              map.set('m', inner);
              map = inner;
            }
          }),
        ),
    ],
    [
      'A8 deep JSON',
      () =>
        updateFrame(
          madeBy((doc) => {
            let value: JsonObject = {};
            for (let i = 0; i < 1000; i++) value = { value };
            doc.getArray('messages').push([value]);
          }),
        ),
    ],
    ['A10 what can only wait', () => updateFrame(bytes('0101ffffffff0f05840000010000'))],
    [
      'A12 a deletion of what is to come',
      (victim) => {
        const encoder = encoding.createEncoder();
        for (const one of [0, 1, victim.clientID, 1, 1000, 1000]) encoding.writeVarUint(encoder, one);
        return updateFrame(encoding.toUint8Array(encoder));
      },
    ],
    [
      'A13 another’s awareness',
      (victim) => {
        const encoder = encoding.createEncoder();
        for (const one of [1, victim.clientID, 99]) encoding.writeVarUint(encoder, one);
        encoding.writeVarString(encoder, '{}');
        return frame(1, encoding.toUint8Array(encoder));
      },
    ],
    ['what is for the relay alone', () => updateFrame(madeBy((doc) => doc.getMap('server').set('a', 1)))],
    [
      'another’s own map',
      () => updateFrame(madeBy((doc) => doc.getMap(`by:${server.clinic.people.okafor.user}`).set('a', 1))),
    ],
    [
      'in another’s name',
      () => updateFrame(madeBy((doc) => doc.getArray('messages').push([messageOf('okafor', 'x')]))),
    ],
    ['S25 an opcode of the server', () => frame(2, Uint8Array.of(0))],
    ['S25 an unknown opcode', () => frame(9)],
    ['S25 a text', () => '{"t":"join"}'],
    ['a frame cut short', () => updateFrame(new Uint8Array(9)).subarray(0, 5)],
    ['bytes left over', () => Buffer.concat([frame(3), Buffer.of(1)])],
    ['a state vector that is none', () => frame(0, 0, bytes('ffffffffffffffffff'))],
  ];

  test.each(ATTACKS)('%s: refused in each role, the log unchanged, others see nothing', async (_, attack) => {
    const victim = await synced(node.join('ana', talk()));
    say('ana', victim, 'mine');
    victim.provider.awareness.setLocalState({ here: true });
    await expectSoon(async () => (await database.pool.query('select from doc_update')).rows.length, 1);
    const before = await logged();
    const seen: unknown[] = [];
    victim.doc.on('update', (update: Uint8Array, origin: unknown) => origin === victim.provider && seen.push(update));
    for (const name of ['lee', 'ana'] as const) {
      const socket = node.open(`/relay/${talk()}`, node.headersOf(name));
      const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
      await new Promise((resolve) => void socket.once('message', resolve));
      socket.send(attack(victim.doc));
      // On another line of the same sign-in it is his to take over; of anybody else it is dropped.
      const isDropped = _.startsWith('A13');
      if (isDropped) {
        socket.ping();
        await new Promise((resolve) => void socket.once('pong', resolve));
        socket.close();
      }
      expect(await closed).toBe(isDropped ? 1005 : 4403);
    }
    expect(await logged()).toBe(before);
    const { lee, ana } = server.clinic.people;
    const audited = server.refused.map(({ member, document }) => ({ member, document }));
    const turnedAway = _.startsWith('A13') ? [] : [lee, ana];
    expect(audited).toEqual(turnedAway.map(({ member }) => ({ member, document: talk() })));
    expect(seen).toEqual([]);
    expect(textsOf(victim)).toEqual(['mine']);
    expect(victim.closed).toEqual([]);
  });

  test('a state vector that is none while a commit is under way ends that line alone', async () => {
    const victim = await synced(node.join('ana', talk()));
    for (let i = 0; i < 10; i++) {
      const socket = node.open(`/relay/${talk()}`, node.headersOf('lee'));
      const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
      await new Promise((resolve) => void socket.once('message', resolve));
      say('ana', victim, `${i}`);
      socket.send(updateFrame(madeBy((doc) => say('lee', { doc }, 'beside'))));
      socket.send(frame(0, 0, bytes('01')));
      expect(await closed).toBe(4403);
    }
    say('ana', victim, 'last');
    await expectSoon(() => textsOf(victim).includes('last'), true);
    expect(victim.closed).toEqual([]);
  });

  test('a segment that is not begun takes nothing before the one before is full', async () => {
    const chapter = (segment: number) => `chapter:${card}:${segment}`;
    const far = node.join('ana', chapter(9));
    say('ana', far, 'far');
    await expectSoon(() => far.closed[0]?.code, 4404);
    const first = await synced(node.join('ana', chapter(1)));
    for (let i = 0; i < CHAPTER; i++) say('ana', first, `${i}`);
    const lee = await synced(node.join('lee', chapter(1)));
    await expectSoon(() => textsOf(lee).length, CHAPTER);
    const second = await synced(node.join('ana', chapter(2)));
    for (const text of ['a', 'b']) say('ana', second, text);
    const beside = await synced(node.join('lee', chapter(2)));
    await expectSoon(() => textsOf(beside), ['a', 'b']);
    const { rows } = await database.pool.query<{ name: string }>('select name from doc order by name');
    expect(rows.map(({ name }) => name)).toEqual([chapter(1), chapter(2)]);
  });

  test('S22 a frame over the limit ends the connection', async () => {
    const socket = node.open(`/relay/${talk()}`, node.headersOf('ana'));
    const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
    await new Promise((resolve) => void socket.once('message', resolve));
    socket.send(new Uint8Array(1024 * 1024 + 100));
    expect(await closed).toBe(1009);
  });

  test('S14 a flood of sync step 1 is answered once, others go on', async () => {
    const ana = await synced(node.join('ana', talk()));
    for (let i = 0; i < 200; i++) say('ana', ana, `${i}`);
    const lee = await synced(node.join('lee', talk()));
    await expectSoon(() => textsOf(lee).length, 200);
    const states: number[] = [];
    const socket = node.open(`/relay/${talk()}`, node.headersOf('lee'));
    socket.on('message', (data: Buffer) => data[0] === 0 && data[1] === 1 && states.push(data.length));
    await new Promise((resolve) => void socket.once('open', resolve));
    for (let i = 0; i < 300; i++) socket.send(frame(0, 0, Uint8Array.of(0)));
    say('ana', ana, 'last');
    await expectSoon(() => [textsOf(lee).length, ana.closed, lee.closed, node.refused], [201, [], [], []]);
    expect(states).toHaveLength(1);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });
});

describe('two nodes on one database', () => {
  test('are one: what is written on either is seen on both, once, in one log', async () => {
    const peers = [
      node.join('ana', talk()),
      far.join('ana', talk()),
      node.join('lee', talk()),
      far.join('lee', talk()),
    ];
    await Promise.all(peers.map(synced));
    for (let i = 0; i < 25; i++) {
      for (const [k, peer] of peers.entries()) say(k < 2 ? 'ana' : 'lee', peer, `${k}-${i}`);
      await pushed('ana', `p-${i}`);
    }
    for (const peer of peers) await expectSoon(() => textsOf(peer).length, 125);
    const [first] = peers.map((peer) => JSON.stringify(peer.doc.getArray('messages').toJSON()));
    for (const peer of peers) expect(JSON.stringify(peer.doc.getArray('messages').toJSON())).toBe(first);
    expect(new Set(textsOf(peers[0] as StockPeer)).size).toBe(125);
    const { rows } = await database.pool.query<{ seq: number }>('select seq from doc_update order by seq');
    expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, i) => i + 1));
    expect(peers.flatMap(({ closed }) => closed)).toEqual([]);
  });

  test('who is there on one is seen on the other, and when he has gone', async () => {
    const [ana, lee] = [await synced(node.join('ana', talk())), await synced(far.join('lee', talk()))];
    const seenBy = ({ provider: { awareness } }: StockPeer) =>
      [...awareness.getStates()].flatMap(([id, { user }]) => (id === awareness.clientID ? [] : [user]));
    ana.provider.awareness.setLocalState({ user: { id: 'nobody' }, cursor: 1 });
    await expectSoon(() => seenBy(lee), [{ id: server.clinic.people.ana.user }]);
    const late = await synced(far.join('lee', talk()));
    await expectSoon(() => seenBy(late), [{ id: server.clinic.people.ana.user }]);
    ana.leave();
    await expectSoon(() => [seenBy(lee), seenBy(late)], [[], []]);
  });

  test('a node that could not listen for a while looks up what it has missed', async () => {
    const [ana, lee] = [await synced(node.join('ana', talk())), await synced(far.join('lee', talk()))];
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()`,
    );
    say('ana', ana, 'unheard');
    await expectSoon(() => textsOf(lee), ['unheard']);
  });
});
