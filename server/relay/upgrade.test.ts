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
