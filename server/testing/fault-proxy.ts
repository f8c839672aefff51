// A network that can fail as networks do: a TCP proxy in front of a server of this machine. It sits below whoever uses it, so
// pages, sockets and service workers all lose the network alike. One kind of weather holds at a time, each call puts it in
// the place of the one before. It knows nothing of HTTP and promises order per connection.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { chanceOf } from '../../src/sync/testing/random.ts';
import { FAIR, Way } from './fault-way.ts';
import type { Heading, Weather } from './fault-way.ts';

interface Pair {
  readonly device: Socket;
  readonly server: Socket;
  readonly ways: Way[];
  lost: boolean;
  forgotten: boolean;
}

const NOTHING_PASSES: Weather = { ...FAIR, swallows: new Set(['up', 'down']) };

/** Connections that wait for so many others, to be let through in an order of the seed's. */
interface Waiting {
  readonly count: number;
  readonly seed: number;
  readonly devices: Socket[];
}

export class FaultProxy {
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  /** Connections that are not carried anywhere: those that have not yet spoken, and repeats. */
  readonly #others = new Set<Socket>();
  readonly #serverPort: number;
  #isCut = false;
  #carriedUp = 0;
  #weather: Weather = FAIR;
  #echoMs: number | null = null;
  #waiting: Waiting | null = null;

  /** Opens a way to a port of this machine. */
  static async to(serverPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(serverPort);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  private constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#listener = createServer({ allowHalfOpen: true, noDelay: true }, (device) => this.#meet(device));
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#turn({});
    this.#isCut = true;
    this.#endAll();
  }

  /** Connections seem to stand, and nothing passes, or nothing in one direction: no end is told to either side. */
  halfOpen(...headings: Heading[]): void {
    this.#turn({ swallows: new Set(headings.length === 0 ? ['up', 'down'] : headings) });
  }

  /** Connections that stand now carry nothing any more, and neither side is told, as when a router forgets them. Others do. */
  forget(): void {
    for (const pair of this.#pairs) pair.forgotten = true;
  }

  /** How many connections stand. */
  get standing(): number {
    return this.#pairs.size;
  }

  /** How many bytes of devices have crossed so far, whatever became of them. */
  get carriedUp(): number {
    return this.#carriedUp;
  }

  /** Everything takes this much longer, each way. */
  delay(delayMs: number): void {
    this.#turn({ delayMs });
  }

  /** Each connection carries so much each way and no more, however much is put into it. */
  throttle(bytesPerSecond: number): void {
    this.#turn({ bytesPerSecond });
  }

  /** Each connection dies when it has carried so many bytes in this direction, counted from now. */
  dropAfter(bytes: number, heading: Heading): void {
    this.#turn({ drop: { heading, bytes } });
  }

  /** What a new connection says to the server is said again on a second one, so much later; nobody hears the answer. */
  duplicate(lateMs = 0): void {
    this.#turn({});
    this.#echoMs = lateMs;
  }

  /**
   * The next `count` connections that say anything wait for each other, and reach the server in another order: each when the
   * one before was answered or has ended. Then it is fair again.
   */
  reorder(count: number, seed: number): void {
    this.#turn({});
    this.#waiting = { count, seed, devices: [] };
  }

  /** Fair weather. What has been swallowed is lost, and so are its connections; who still waits for others goes on. */
  restore(): void {
    this.#turn({});
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #turn(weather: Partial<Weather>): void {
    const waited = this.#waiting?.devices ?? [];
    this.#isCut = false;
    this.#waiting = null;
    this.#echoMs = null;
    this.#weather = { ...FAIR, ...weather };
    for (const device of waited) this.#join(device);
    if (this.#weather.swallows.size > 0) return;
    for (const pair of this.#pairs) if (pair.lost) this.#end(pair);
  }

  #meet(device: Socket): void {
    // A peer that goes away is what this file is about.
    device.on('error', () => device.destroy());
    if (this.#isCut) device.resetAndDestroy();
    else if (this.#waiting === null) this.#join(device);
    else this.#hold(device);
  }

  #hold(device: Socket): void {
    // A browser opens some that it may never use: what counts has something to say.
    this.#keep(device);
    device.once('data', (chunk) => {
      device.pause();
      device.unshift(chunk);
      if (this.#waiting === null) return void this.#join(device);
      this.#waiting.devices.push(device);
      if (this.#waiting.devices.length < this.#waiting.count) return;
      const { devices, seed } = this.#waiting;
      this.#waiting = null;
      void this.#letThrough(shuffled(devices, seed));
    });
  }

  async #letThrough(devices: readonly Socket[]): Promise<void> {
    for (const device of devices) {
      const server = this.#join(device);
      await new Promise<void>((resolve) => {
        server?.once('data', () => resolve());
        server?.once('close', () => resolve());
        if (server === null) resolve();
      });
    }
  }

  #join(device: Socket): Socket | null {
    if (device.destroyed) return null;
    const server = this.#reach();
    const pair: Pair = { device, server, ways: [], lost: false, forgotten: false };
    this.#pairs.add(pair);
    pair.ways.push(this.#way(pair, 'up', server), this.#way(pair, 'down', device));
    if (this.#echoMs !== null) this.#repeat(device, this.#echoMs);
    for (const [i, socket] of [device, server].entries()) {
      socket.on('error', () => this.#end(pair));
      socket.on('close', () => pair.ways[i]?.pass(() => this.#end(pair)));
    }
    device.resume();
    return server;
  }

  #reach(): Socket {
    return connect({ port: this.#serverPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  }

  #way(pair: Pair, heading: Heading, to: Socket): Way {
    return new Way({
      heading,
      from: heading === 'up' ? pair.device : pair.server,
      to,
      weather: () => (pair.forgotten ? NOTHING_PASSES : this.#weather),
      onLost: () => void (pair.lost = true),
      onCarried: (bytes) => void (this.#carriedUp += heading === 'up' ? bytes : 0),
      onSpent: () => void to.end(() => this.#end(pair)),
    });
  }

  /** It outlives the first connection: a repeat is late, not half. */
  #repeat(from: Socket, lateMs: number): void {
    const to = this.#reach();
    this.#keep(to);
    to.on('error', () => to.destroy());
    to.resume();
    const weather = { ...FAIR, delayMs: lateMs };
    const nothing = () => undefined;
    const way = new Way({ heading: 'up', from, to, weather: () => weather, onLost: nothing, onSpent: nothing });
    from.on('close', () => way.pass(() => void to.end()));
    to.on('end', () => to.end());
    to.on('close', () => way.stop());
  }

  #keep(socket: Socket): void {
    this.#others.add(socket);
    socket.once('close', () => this.#others.delete(socket));
  }

  #end(pair: Pair): void {
    for (const way of pair.ways) way.stop();
    pair.device.destroy();
    pair.server.destroy();
    this.#pairs.delete(pair);
  }

  #endAll(): void {
    for (const pair of this.#pairs) this.#end(pair);
    for (const socket of this.#others) socket.destroy();
  }
}

function shuffled(devices: readonly Socket[], seed: number): Socket[] {
  const chance = chanceOf(seed);
  const left = [...devices];
  return devices.flatMap(() => left.splice(chance.below(left.length), 1));
}
