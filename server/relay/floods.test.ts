// Floods through the real socket (faults.md S22, S23): who sends more than makes sense is turned away or not read, and takes no memory
// or room from others.

import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import { Hand } from '../testing/hand.ts';
import { declared } from '../testing/papers.ts';
import { startRelayNode } from '../testing/relay-node.ts';
import type { RelayNode } from '../testing/relay-node.ts';
import { startMemoryServer } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const MB = 1024 * 1024;
const MOST_GROWTH = 50 * MB;
const MANY = 1_000_000;

let server: SyncServer;
let node: RelayNode;
let card: string;
const peers: Socket[] = [];

beforeEach(async () => {
  server = await startMemoryServer({ declared });
  node = await startRelayNode(server);
  const phone = new Hand(server, 'ana');
  const add = phone.next('card.add', phone.card('ana'));
  await phone.push(add);
  card = String(add.args['id']);
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  await node.close();
  expect(server.bugs).toEqual([]);
});

/** A frame as a client masks it, with a mask of zeros. */
function masked(first: number, body: Uint8Array): Buffer {
  const head = body.length < 126 ? Buffer.of(first, 0x80 | body.length) : Buffer.from([first, 0xfe, 0, 0]);
  if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}

const BINARY = 0x82;
const BEGUN = 0x02;
const GOES_ON = 0x00;
const PACKED = 0x40;

/** A socket past its handshake, without a library that would keep it from doing wrong. */
async function rawSocket(
  path: string,
  more: string[] = [],
): Promise<{ socket: Socket; hello: string; code(): Promise<number> }> {
  const { origin = '', cookie = '' } = node.headersOf('ana');
  const lines = ['Host: x', `Origin: ${origin}`, `Cookie: ${cookie}`, 'Connection: Upgrade', 'Upgrade: websocket'];
  const key = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13', ...more];
  const socket = connect(node.port, '127.0.0.1');
  peers.push(socket);
  socket.write(`GET ${path} HTTP/1.1\r\n${[...lines, ...key].join('\r\n')}\r\n\r\n`);
  let got = Buffer.alloc(0);
  let isDone = false;
  socket.on('data', (data: Buffer) => void (got = Buffer.concat([got, data])));
  socket.on('error', () => undefined).on('close', () => (isDone = true));
  await expect.poll(() => got.includes('\r\n\r\n'), { timeout: 10_000, interval: 10 }).toBe(true);
  const hello = String(got.subarray(0, got.indexOf('\r\n\r\n')));
  return {
    socket,
    hello,
    /** Of the frame that closed it; 0 where it was cut. */
    async code() {
      await expect.poll(() => isDone, { timeout: 60_000, interval: 20 }).toBe(true);
      const at = got.lastIndexOf(0x88);
      return at < 0 || got.length < at + 4 ? 0 : got.readUInt16BE(at + 2);
    },
  };
}

/** How much larger the process is after it. */
async function growthIn(work: () => Promise<unknown>): Promise<number> {
  const { rss } = process.memoryUsage();
  await work();
  return process.memoryUsage().rss - rss;
}

const opening = () => {
  const { practice, member: membership } = server.clinic.people.ana;
  const text = JSON.stringify({ t: 'open', practice, membership, device: newId() });
  return masked(0x81, Buffer.from(text));
};
const own = [`Sec-WebSocket-Protocol: ${SOCKET_PROTOCOL}`];

test.each<[string, () => string, string[], () => Buffer]>([
  ['a document', () => `/relay/talk:${card}`, [], () => Buffer.alloc(0)],
  ['our own line', () => '/relay', own, opening],
])('S22 a million frames of one byte on %s end it at the first', async (_, path, more, first) => {
  const flood = Buffer.concat(Array.from({ length: 1000 }, () => masked(BINARY, Buffer.of(9))));
  const grown = await growthIn(async () => {
    const { socket, code } = await rawSocket(path(), more);
    socket.write(first());
    for (let i = 0; i < MANY / 1000 && !socket.destroyed; i++) socket.write(flood);
    expect(await code()).toBeOneOf([4403, 0]);
  });
  expect(grown).toBeLessThan(MOST_GROWTH);
  expect(server.refused).toHaveLength(1);
});

test('S22 a message in pieces of one byte, of which there is no end, is turned away', async () => {
  const pieces = Buffer.concat(Array.from({ length: 1000 }, () => masked(GOES_ON, Buffer.of(1))));
  const grown = await growthIn(async () => {
    const { socket, code } = await rawSocket(`/relay/talk:${card}`);
    socket.write(masked(BEGUN, Buffer.of(1)));
    for (let i = 0; i < (2 * MANY) / 1000 && !socket.destroyed; i++) {
      if (!socket.write(pieces))
        await new Promise((resolve) => void socket.once('drain', resolve).once('close', resolve));
    }
    expect(await code()).toBeOneOf([1008, 1009, 0]);
  });
  expect(grown).toBeLessThan(MOST_GROWTH);
});

test('S22 nothing is unpacked: a packed frame ends the connection', async () => {
  const { socket, hello, code } = await rawSocket(`/relay/talk:${card}`, [
    'Sec-WebSocket-Extensions: permessage-deflate',
  ]);
  expect(hello).toMatch(/^HTTP\/1.1 101/);
  expect(hello.toLowerCase()).not.toContain('deflate');
  socket.write(masked(BINARY | PACKED, Buffer.alloc(1000)));
  expect(await code()).toBe(1002);
});
