import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';

/** What one connection has said to the server, the words so far. */
interface Heard {
  words: string;
  ended: boolean;
  readonly socket: Socket;
}

let server: Server;
let proxy: FaultProxy;
let heard: Heard[];
const devices: DeviceSocket[] = [];

beforeEach(async () => {
  heard = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    const one: Heard = { words: '', ended: false, socket };
    heard.push(one);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (one.ended = true));
    socket.on('end', () => socket.end());
    // Answers each word with itself in capitals.
    socket.on('data', (chunk) => {
      one.words += chunk.toString();
      socket.write(chunk.toString().toUpperCase());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.to((server.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const device of devices.splice(0)) device.socket.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

class DeviceSocket {
  readonly socket: Socket;
  answer = '';
  state: 'open' | 'ended' | 'reset' = 'open';

  constructor(port = proxy.port) {
    devices.push(this);
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (chunk) => (this.answer += chunk.toString()));
    this.socket.on('end', () => (this.state = 'ended'));
    this.socket.on('error', () => (this.state = 'reset'));
  }

  say(words: string): this {
    this.socket.write(words);
    return this;
  }
}

const wordsHeard = () => heard.map(({ words }) => words);

async function answered(device: DeviceSocket, words: string): Promise<void> {
  await expect.poll(() => device.answer).toBe(words);
}

async function spoken(words: string): Promise<DeviceSocket> {
  const device = new DeviceSocket().say(words);
  await answered(device, words.toUpperCase());
  return device;
}

/** Past the proxy: once this was answered, the proxy has seen all that was said before. */
async function directly(words: string): Promise<void> {
  await answered(new DeviceSocket((server.address() as AddressInfo).port).say(words), words.toUpperCase());
}

test('in fair weather carries both ways, and an end of one side only', async () => {
  const device = await spoken('hello');
  device.socket.end('bye');
  await answered(device, 'HELLOBYE');
  await expect.poll(() => [device.state, heard[0]?.ended]).toEqual(['ended', true]);
});

test('cut ends what stands and lets nobody in, until it is restored', async () => {
  const device = await spoken('before');
  proxy.cut();
  await expect.poll(() => [device.state !== 'open', heard[0]?.ended]).toEqual([true, true]);
  const refused = new DeviceSocket().say('x');
  await expect.poll(() => refused.state).toBe('reset');
  proxy.restore();
  await spoken('after');
  expect(wordsHeard()).toEqual(['before', 'after']);
});

test('half-open keeps connections and carries nothing; what was swallowed never comes', async () => {
  const old = await spoken('before');
  proxy.halfOpen();
  const young = new DeviceSocket().say('lost');
  old.say('lost').socket.end();
  heard[0]?.socket.write('lost');
  await once(young.socket, 'connect');
  await directly('meanwhile');
  expect([old.state, young.state, old.answer]).toEqual(['open', 'open', 'BEFORE']);
  proxy.restore();
  await expect.poll(() => [old.state, young.state].includes('open')).toBe(false);
  await spoken('after');
  expect(wordsHeard().filter((words) => words !== '')).toEqual(['before', 'meanwhile', 'after']);
});

test('forgotten connections seem to stand and carry nothing, while new ones do', async () => {
  const old = await spoken('before');
  expect(proxy.standing).toBe(1);
  proxy.forget();
  old.say('lost');
  heard[0]?.socket.write('lost');
  await spoken('meanwhile');
  expect([old.state, old.answer]).toEqual(['open', 'BEFORE']);
  expect(wordsHeard()).toEqual(['before', 'meanwhile']);
  proxy.restore();
  await expect.poll(() => old.state).not.toBe('open');
});

test('half-open one way: the server hears and is not heard', async () => {
  const device = await spoken('one');
  proxy.halfOpen('down');
  device.say('two');
  await expect.poll(wordsHeard).toEqual(['onetwo']);
  proxy.restore();
  await expect.poll(() => device.state).not.toBe('open');
  expect(device.answer).toBe('ONE');
});

test('half-open the other way: the server speaks and hears nothing', async () => {
  const device = await spoken('one');
  proxy.halfOpen('up');
  device.say('two');
  heard[0]?.socket.write('still here');
  await answered(device, 'ONEstill here');
  device.socket.end();
  proxy.restore();
  await expect.poll(() => heard[0]?.ended).toBe(true);
  expect(wordsHeard()).toEqual(['one']);
});

test('delay lets nothing arrive early, and keeps the order also when it is taken away', async () => {
  const device = await spoken('a');
  proxy.delay(60);
  const before = performance.now();
  device.say('b');
  await answered(device, 'AB');
  expect(performance.now() - before).toBeGreaterThan(115);
  device.say('c');
  await expect.poll(() => device.socket.writableLength).toBe(0);
  proxy.restore();
  device.say('d');
  await answered(device, 'ABCD');
  expect(wordsHeard()).toEqual(['abcd']);
});

test.each([
  ['up', 'abc', ''],
  ['down', 'abcdef', 'ABC'],
] as const)('drop: a connection dies after its bytes %s', async (heading, words, answer) => {
  proxy.dropAfter(3, heading);
  const device = new DeviceSocket().say('abcdef');
  await expect.poll(() => [device.state !== 'open', heard[0]?.ended]).toEqual([true, true]);
  expect(wordsHeard()).toEqual([words]);
  if (heading === 'down') expect(device.answer).toBe(answer);
  proxy.restore();
  await spoken('whole');
});

test('drop counts from now, per connection', async () => {
  const old = await spoken('long before');
  proxy.dropAfter(4, 'up');
  old.say('abc');
  await answered(old, 'LONG BEFOREABC');
  old.say('de');
  await expect.poll(() => old.state).not.toBe('open');
  expect(wordsHeard()).toEqual(['long beforeabcd']);
});

test('duplicate says all of a connection to the server twice, and gives one answer', async () => {
  proxy.duplicate();
  const device = await spoken('once');
  device.say(' more');
  await expect.poll(wordsHeard).toEqual(['once more', 'once more']);
  await answered(device, 'ONCE MORE');
  device.socket.end();
  await expect.poll(() => heard.map(({ ended }) => ended)).toEqual([true, true]);
});

test('a late duplicate comes after the device has gone', async () => {
  proxy.duplicate(80);
  const device = await spoken('once');
  device.socket.destroy();
  await expect.poll(wordsHeard).toEqual(['once', 'once']);
  await expect.poll(() => heard[1]?.ended).toBe(true);
});

test('throttle carries no more than its bytes a second, and the sender feels it', async () => {
  proxy.throttle(20_000);
  const device = new DeviceSocket();
  const words = 'w'.repeat(4000);
  const before = performance.now();
  device.say(words);
  await answered(device, words.toUpperCase());
  expect(performance.now() - before).toBeGreaterThan(195);
  device.say('x'.repeat(20_000_000));
  await expect.poll(() => heard[0]?.words.length).toBeGreaterThan(5000);
  expect(device.socket.writableLength).toBeGreaterThan(0);
});

test('reorder: connections reach the server in an order of the seed’s, each answered', async () => {
  const orders = new Set<string>();
  for (const seed of [1, 2, 3]) {
    heard = [];
    proxy.reorder(4, seed);
    const unused = new DeviceSocket();
    await once(unused.socket, 'connect');
    const four = ['a', 'b', 'c', 'd'].map((word) => new DeviceSocket().say(word));
    for (const [i, device] of four.entries()) await answered(device, 'ABCD'.charAt(i));
    orders.add(wordsHeard().join(''));
  }
  expect([...orders].map((order) => order.split('').sort().join(''))).toEqual(Array(orders.size).fill('abcd'));
  expect(orders.size).toBeGreaterThan(1);
  await spoken('afterwards');
});

test('reorder: who waits for others that do not come goes on when it is restored, or ends when it is cut', async () => {
  proxy.reorder(2, 1);
  const alone = new DeviceSocket().say('alone');
  const silent = new DeviceSocket();
  await once(silent.socket, 'connect');
  proxy.restore();
  await answered(alone, 'ALONE');
  proxy.reorder(2, 1);
  const cut = new DeviceSocket().say('cut');
  await once(cut.socket, 'connect');
  proxy.cut();
  await expect.poll(() => [cut.state, silent.state].includes('open')).toBe(false);
  expect(wordsHeard().join('')).toBe('alone');
});
