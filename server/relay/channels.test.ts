// Our own line through a real socket: pokes, and documents under numbers, from the sequence that a device has.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type WebSocket from 'ws';
import * as Y from 'yjs';
import { bytesToBase64url } from '../../src/base/base64url.ts';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import type { Name } from '../testing/clinic.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Database } from '../store/database.ts';
import { Hand } from '../testing/hand.ts';
import { declared } from '../testing/papers.ts';
import { startRelayNode } from '../testing/relay-node.ts';
import type { RelayNode } from '../testing/relay-node.ts';
import { startPgServer } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';

let databases: TestDatabases;
let database: Database;
let server: SyncServer;
let node: RelayNode;
let document: string;

beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  database = await databases.fresh();
  server = await startPgServer(database, { declared });
  node = await startRelayNode(server);
  const phone = new Hand(server, 'ana');
  const add = phone.next('card.add', phone.card('ana'));
  await phone.push(add);
  document = `talk:${String(add.args['id'])}`;
});
afterEach(async () => {
  await node.close();
  await server.endNode();
  await databases.close(database);
  expect(server.bugs).toEqual([]);
});

async function expectSoon(look: () => unknown, expected: unknown): Promise<void> {
  await expect.poll(look, { timeout: 10_000, interval: 10 }).toEqual(expected);
}

/** One device's line. */
class Line {
  readonly texts: JsonObject[] = [];
  readonly updates: { ch: number; seq: number; update: Uint8Array }[] = [];
  readonly aware: Uint8Array[] = [];
  readonly device: string;
  code = 0;
  readonly #socket: WebSocket;

  constructor(name: Name, device = newId()) {
    this.device = device;
    this.#socket = node.open('/relay', node.headersOf(name), SOCKET_PROTOCOL);
    this.#socket.on('open', () => this.say({ t: 'open', practice: 'willow', membership: this.member(name), device }));
    this.#socket.on('close', (code: number) => (this.code = code));
    this.#socket.on('message', (data: Buffer, isBinary: boolean) => (isBinary ? this.#binary(data) : this.#text(data)));
  }

  member(name: Name): string {
    return server.clinic.people[name].member;
  }

  #text(data: Buffer): void {
    const frame = JSON.parse(data.toString()) as JsonObject;
    if (frame['t'] !== 'poke') this.texts.push(frame);
  }

  #binary(data: Buffer): void {
    const decoder = decoding.createDecoder(data);
    const [ch, type] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
    if (type === 1) return void this.aware.push(decoding.readVarUint8Array(decoder));
    const seq = decoding.readVarUint(decoder);
    expect(decoding.readVarUint(decoder)).toBe(2);
    this.updates.push({ ch, seq, update: decoding.readVarUint8Array(decoder) });
  }

  async ready(): Promise<this> {
    await expectSoon(() => this.texts[0]?.['t'], 'ready');
    return this;
  }

  say(frame: JsonObject): void {
    this.#socket.send(JSON.stringify(frame));
  }

  send(ch: number, type: number, ...parts: (number | Uint8Array)[]): void {
    const encoder = encoding.createEncoder();
    for (const one of [ch, type, ...parts]) {
      if (typeof one === 'number') encoding.writeVarUint(encoder, one);
      else encoding.writeVarUint8Array(encoder, one);
    }
    this.#socket.send(encoding.toUint8Array(encoder));
  }

  async join(ch: number, after = 0, name = document): Promise<void> {
    this.say({ t: 'join', ch, document: name, after });
    await expectSoon(() => this.texts.some((frame) => frame['ch'] === ch), true);
  }

  get words(): string[] {
    const doc = new Y.Doc();
    for (const { update } of this.updates) Y.applyUpdate(doc, update);
    return (doc.getArray('messages').toJSON() as { text: string }[]).map(({ text }) => text);
  }
}

function saying(name: Name, text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getArray('messages').push([{ id: newId(), by: server.clinic.people[name].user, text }]);
  return Y.encodeStateAsUpdate(doc);
}

const epochNow = async () => must(await server.store.practice('willow'), 'a practice').epoch;

async function push(name: Name, ...texts: string[]): Promise<void> {
  const hand = new Hand(server, name);
  const acts = texts.map((text) =>
    hand.next('sync.update', {
      ...{ document, update: bytesToBase64url(saying(name, text)), intent: {}, by: hand.member },
    }),
  );
  for (const result of (await hand.push(...acts)).results) expect(result.result).toBe('applied');
}

test('what lies between comes first, then what is new, once it is in the log', async () => {
  await push('ana', 'one', 'two', 'three');
  const lee = await new Line('lee').ready();
  await lee.join(4, 1);
  expect(lee.texts.at(-1)).toEqual({ t: 'joined', ch: 4, seq: 3, epoch: await epochNow() });
  await push('ana', 'four');
  await expectSoon(() => lee.updates.map(({ ch, seq }) => `${ch} ${seq}`), ['4 2', '4 3', '4 4']);
  lee.say({ t: 'leave', ch: 4 });
  await lee.join(5, 4);
  await push('ana', 'five');
  await expectSoon(() => lee.updates.map(({ ch, seq }) => `${ch} ${seq}`), ['4 2', '4 3', '4 4', '5 5']);
});

test('an update goes the other way too, under the device’s own client ids', async () => {
  const [ana, lee] = [await new Line('ana').ready(), await new Line('lee').ready()];
  await Promise.all([ana.join(1), lee.join(1)]);
  ana.send(1, 0, 2, saying('ana', 'hello'));
  await expectSoon(() => [ana.words, lee.words], [['hello'], ['hello']]);
});

test('what may not be is left with a code, and the line goes on', async () => {
  const lee = await new Line('lee').ready();
  for (const [ch, name] of [document.replace('talk', 'x'), `talk:${newId()}`, 'nonsense'].entries())
    await lee.join(ch, 0, name);
  await lee.join(9);
  lee.send(9, 0, 2, saying('okafor', 'forged'));
  await expectSoon(
    () => lee.texts.slice(1),
    [
      { t: 'left', ch: 0, code: 4404 },
      { t: 'left', ch: 1, code: 4404 },
      { t: 'left', ch: 2, code: 4404 },
      { t: 'joined', ch: 9, seq: 0, epoch: await epochNow() },
      { t: 'left', ch: 9, code: 4403 },
    ],
  );
  expect(node.refused).toEqual(['not-author']);
  await lee.join(10);
  expect(lee.code).toBe(0);
});

test('who is there is told, as the server knows him, until he leaves', async () => {
  const [ana, lee] = [await new Line('ana').ready(), await new Line('lee').ready()];
  await Promise.all([ana.join(1), lee.join(2)]);
  const state = encoding.createEncoder();
  for (const one of [1, 77, 1]) encoding.writeVarUint(state, one);
  encoding.writeVarString(state, JSON.stringify({ user: { id: 'x' }, typing: true }));
  ana.send(1, 1, encoding.toUint8Array(state));
  await expectSoon(() => lee.aware.length, 1);
  expect(Buffer.from(lee.aware[0] ?? []).toString()).toContain(server.clinic.people.ana.user);
  ana.say({ t: 'leave', ch: 1 });
  await expectSoon(() => lee.aware.length, 2);
  expect(Buffer.from(lee.aware[1] ?? []).toString()).toContain('null');
});

test('his care ends: the channel is left within a second, and nothing new comes', async () => {
  const lee = await new Line('lee').ready();
  await lee.join(1);
  await server.clinic.setCare('lee', 'ana', false);
  server.hub.pokeAll(server.clinic.practiceIds.willow, '');
  await expectSoon(() => lee.texts.at(-1), { t: 'left', ch: 1, code: 4404 });
  await push('ana', 'private');
  await lee.join(2);
  expect(lee.texts.at(-1)).toEqual({ t: 'left', ch: 2, code: 4404 });
  expect(lee.updates).toEqual([]);
});

test.each<[string, (line: Line) => void, number]>([
  ['a frame that is none', (line) => line.say({ t: 'poke' }), 4400],
  ['a number twice', (line) => [0, 1].forEach(() => line.say({ t: 'join', ch: 1, document, after: 0 })), 4400],
  [
    'more channels than there may be',
    (line) => {
      for (let ch = 0; ch <= 200; ch++) line.say({ t: 'join', ch, document, after: 0 });
    },
    4400,
  ],
  ['a long text', (line) => line.say({ t: 'x'.repeat(5000) }), 1009],
  ['an unknown message', (line) => line.send(1, 7), 4403],
  ['bytes left over', (line) => line.send(1, 1, Uint8Array.of(0), 3), 4403],
])('%s ends the line', async (_, wrong, code) => {
  const line = await new Line('ana').ready();
  wrong(line);
  await expectSoon(() => line.code, code);
});

test('a stranger, and another’s membership', async () => {
  const stranger = node.open('/relay', { origin: node.headersOf('ana')['origin'] ?? '' }, SOCKET_PROTOCOL);
  expect(await new Promise((resolve) => void stranger.on('close', resolve))).toBe(4401);
  const lee = new Line('lee');
  lee.member = () => server.clinic.people.ana.member;
  await expectSoon(() => lee.code, 4403);
});
