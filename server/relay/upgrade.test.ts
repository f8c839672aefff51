// Strangers at the door of sockets: what they leave half done takes no room from others.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOST_UNKNOWN, MOST_UNKNOWN_OF_ADDRESS } from './crowd.ts';
import { createSocketUpgrade } from './upgrade.ts';
import type { SocketParts } from './upgrade.ts';

const ORIGIN = 'http://interlude.test';
let server: Server;
/** What is said of who is at the door. */
let sessionOf: SocketParts['sessionOf'];

beforeEach(async () => {
  sessionOf = async () => null;
  const nobody: Pick<SocketParts, 'sessionOf' | 'originAllowed'> = {
    sessionOf: (headers) => sessionOf(headers),
    originAllowed: (origin) => origin === ORIGIN,
  };
  server = createServer().on('upgrade', createSocketUpgrade(nobody as SocketParts));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close().closeAllConnections();
});

const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

function hello(more: string[]): string {
  const lines = ['Host: x', `Origin: ${ORIGIN}`, 'Connection: Upgrade', 'Upgrade: websocket', ...more];
  return `GET /relay/x HTTP/1.1\r\n${lines.join('\r\n')}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
}

/** Whose connections are not kept. */
const NOBODY: Socket[] = [];

/** The first line of the answer; null where none was waited for. */
function knock({ isPatient = true, more = [KEY], peers = NOBODY } = {}) {
  return new Promise<string | null>((resolve) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write(hello(more));
      if (!isPatient) socket.destroy();
    });
    socket.on('data', (data) => {
      resolve(String(data).split('\r\n')[0] ?? '');
      if (peers === NOBODY) socket.destroy();
      else peers.push(socket);
    });
    socket.on('error', () => undefined).on('close', () => resolve(null));
  });
}

test('handshakes that come to nothing, and peers that have gone, are not counted for ever', async () => {
  for (let i = 0; i < 250; i++) expect(await knock({ more: [] })).toMatch(/ 400 /);
  for (let i = 0; i < 250; i++) await knock({ isPatient: false });
  await expect.poll(() => knock(), { timeout: 5000 }).toMatch(/ 101 /);
});

test('who is turned away and does not go is gone within a second, and counts no more', async () => {
  const peers: Socket[] = [];
  const ended: Promise<unknown>[] = [];
  for (let i = 0; i < MOST_UNKNOWN; i++) {
    const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
    peer.write(hello([KEY]));
    ended.push(new Promise((resolve) => void peer.on('data', () => undefined).on('close', resolve)));
    peers.push(peer);
  }
  // None of them says goodbye as a WebSocket would.
  await expect.poll(() => knock(), { timeout: 5000 }).toMatch(/ 101 /);
  await Promise.all(ended);
});

test('strangers from one address leave room for those from others', async () => {
  sessionOf = () => new Promise(() => undefined);
  const peers: Socket[] = [];
  const from = (address: string) => knock({ more: [KEY, `X-Forwarded-For: 10.0.0.1, ${address}`], peers });
  for (let i = 0; i < MOST_UNKNOWN_OF_ADDRESS; i++) expect(await from('203.0.113.7')).toMatch(/ 101 /);
  expect(await from('203.0.113.7')).toMatch(/ 503 /);
  expect(await from('203.0.113.8')).toMatch(/ 101 /);
  // What this machine's own proxy says of nobody is not one address.
  for (let i = 0; i <= MOST_UNKNOWN_OF_ADDRESS; i++) expect(await knock({ peers })).toMatch(/ 101 /);
  peers[0]?.destroy();
  await expect.poll(() => from('203.0.113.7'), { timeout: 5000 }).toMatch(/ 101 /);
  for (const peer of peers) peer.destroy();
});

test('S22 handshakes that are begun and never ended take no place', async () => {
  const peers: Socket[] = [];
  for (let i = 0; i < 2 * MOST_UNKNOWN; i++) {
    const peer = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    peer.write(hello([KEY]).slice(0, 60));
    peers.push(peer);
  }
  expect(await knock()).toMatch(/ 101 /);
  expect(server.headersTimeout).toBeGreaterThan(0);
  for (const peer of peers) peer.destroy();
});

test('S23 of a thousand of whom nobody knows who they are only so many stay, and nothing that they say is read', async () => {
  sessionOf = () => new Promise(() => undefined);
  const inside: Socket[] = [];
  server.on('connection', (socket: Socket) => void inside.push(socket));
  const peers: Socket[] = [];
  const answers: (string | null)[] = [];
  for (let i = 0; i < 1000; i++) answers.push(await knock({ peers }));
  expect(answers.filter((line) => line?.includes(' 101 '))).toHaveLength(MOST_UNKNOWN);
  expect(answers.filter((line) => line?.includes(' 503 '))).toHaveLength(1000 - MOST_UNKNOWN);
  const frame = Buffer.concat([Buffer.of(0x82, 0xfe, 0xff, 0xff, 0, 0, 0, 0), Buffer.alloc(0xffff)]);
  const [first] = peers;
  const flood = Buffer.concat(Array.from({ length: 100 }, () => frame));
  first?.write(flood);
  await expect.poll(() => inside[0]?.bytesRead ?? 0).toBeGreaterThan(1000);
  // A turn or two for what would be read beyond what the socket takes by itself.
  for (let i = 0; i < 100; i++) await new Promise(setImmediate);
  expect(inside[0]?.bytesRead).toBeLessThan(512 * 1024);
  for (const peer of peers) peer.destroy();
});
