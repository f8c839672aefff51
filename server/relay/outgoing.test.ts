import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { MOST_UNREAD, Outgoing } from './outgoing.ts';

let server: WebSocketServer;
let ours: WebSocket;
let peer: WebSocket;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const came = new Promise<WebSocket>((resolve) => void server.once('connection', resolve));
  await new Promise((resolve) => void server.once('listening', resolve));
  peer = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  peer.on('error', () => undefined);
  ours = await came;
  await new Promise((resolve) => void (peer.readyState === peer.OPEN ? resolve(null) : peer.once('open', resolve)));
});
afterEach(() => {
  peer.terminate();
  server.close();
});

test('a peer that does not read is sent away, and little stands in memory for him', async () => {
  const closed = new Promise<number>((resolve) => void ours.on('close', resolve));
  const outgoing = new Outgoing(ours);
  const megabyte = new Uint8Array(1024 * 1024);
  peer.pause();
  for (let i = 0; i < 200; i++) outgoing.send(megabyte);
  expect(ours.bufferedAmount).toBeLessThan(MOST_UNREAD + 2 * megabyte.length);
  expect(ours.readyState).not.toBe(ours.OPEN);
  expect(await closed).toBe(1006);
  await outgoing.drained();
});

test('who reads is sent all of it, and what has left is known', async () => {
  const outgoing = new Outgoing(ours);
  let bytes = 0;
  peer.on('message', (data: Buffer) => (bytes += data.length));
  for (let i = 0; i < 50; i++) {
    outgoing.send(new Uint8Array(1024 * 1024));
    await outgoing.drained();
  }
  await expect.poll(() => bytes).toBe(50 * 1024 * 1024);
  expect(ours.readyState).toBe(ours.OPEN);
});
