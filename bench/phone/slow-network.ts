// A slow line in front of a server: so many bytes a second each way, shared by all connections packet by packet, and half a
// round trip each way. Opening a connection costs a round trip, as TCP's handshake does. It sits below the browser, so pages
// and service workers have the same line. It does not play slow start, loss, or TLS.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Line {
  readonly bytesPerSecond: number;
  readonly roundTripMs: number;
}

/** As the issue names it: 400 kbit/s and 400 ms. */
export const SLOW_LINE: Line = { bytesPerSecond: 50_000, roundTripMs: 400 };

const PACKET_BYTES = 1460;
/** What one connection still has to send one way. */
interface Flow {
  readonly to: Socket;
  /** When its first waiting packet may leave. */
  since: number;
  waiting: Buffer;
  ends: boolean;
}

/** One way of the line. */
class Way {
  readonly #line: Line;
  readonly #flows: Flow[] = [];
  readonly #flying: { readonly at: number; land(): void }[] = [];
  #freeAt = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Bytes that have left so far. */
  carried = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  add(flow: Flow, bytes: Buffer | 'end'): void {
    if (bytes === 'end') flow.ends = true;
    else flow.waiting = Buffer.concat([flow.waiting, bytes]);
    if (!this.#flows.includes(flow)) {
      flow.since = Math.max(flow.since, performance.now());
      this.#flows.push(flow);
    }
    this.#run();
  }

  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flows.length = 0;
    this.#flying.length = 0;
  }

  #run(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#freeAt <= now && this.#sendNext(now));
    while (this.#flying[0] !== undefined && this.#flying[0].at <= now) this.#flying.shift()?.land();
    const next = Math.min(this.#flying[0]?.at ?? Infinity, this.#nextSend());
    this.#timer = next === Infinity ? null : setTimeout(() => this.#run(), Math.max(1, next - performance.now()));
  }

  #nextSend(): number {
    return Math.max(this.#freeAt, Math.min(...this.#flows.map(({ since }) => since)));
  }

  /** One packet of whoever's turn it is; false where nobody may send yet. */
  #sendNext(now: number): boolean {
    const turn = this.#flows.findIndex(({ since }) => since <= now);
    const [flow] = turn < 0 ? [] : this.#flows.splice(turn, 1);
    if (flow === undefined) return false;
    const packet = flow.waiting.subarray(0, PACKET_BYTES);
    flow.waiting = flow.waiting.subarray(packet.length);
    this.carried += packet.length;
    // By the line's own clock: a timer that came late on a busy machine costs nothing.
    this.#freeAt = Math.max(this.#freeAt, flow.since) + (packet.length / this.#line.bytesPerSecond) * 1000;
    const isLast = flow.waiting.length === 0 && flow.ends;
    const at = this.#freeAt + this.#line.roundTripMs / 2;
    this.#flying.push({ at, land: () => void (isLast ? flow.to.end(packet) : flow.to.write(packet)) });
    if (flow.waiting.length > 0) this.#flows.push(flow);
    return true;
  }
}

export class SlowNetwork {
  readonly #listener: Server;
  readonly #line: Line;
  readonly #sockets = new Set<Socket>();
  readonly #up: Way;
  readonly #down: Way;
  #isCut = false;

  /** Opens a slow way to a port of this machine. */
  static async to(serverPort: number, line: Line = SLOW_LINE): Promise<SlowNetwork> {
    const network = new SlowNetwork(serverPort, line);
    network.#listener.listen(0, '127.0.0.1');
    await once(network.#listener, 'listening');
    return network;
  }

  private constructor(serverPort: number, line: Line) {
    this.#line = line;
    this.#up = new Way(line);
    this.#down = new Way(line);
    this.#listener = createServer((device) => this.#join(device, serverPort));
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Bytes sent towards the browser so far, headers too. */
  get bytesDown(): number {
    return this.#down.carried;
  }

  /** The server is gone: every connection ends and new ones are refused. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
    this.#up.clear();
    this.#down.clear();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #join(device: Socket, serverPort: number): void {
    if (this.#isCut) {
      device.on('error', () => undefined);
      device.resetAndDestroy();
      return;
    }
    const server = connect(serverPort, '127.0.0.1');
    const opened = performance.now() + this.#line.roundTripMs;
    const flow = (to: Socket): Flow => ({ to, since: opened, waiting: Buffer.alloc(0), ends: false });
    this.#carry(device, { way: this.#up, flow: flow(server) });
    this.#carry(server, { way: this.#down, flow: flow(device) });
  }

  #carry(from: Socket, { way, flow }: { way: Way; flow: Flow }): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes) => way.add(flow, bytes));
    from.on('end', () => way.add(flow, 'end'));
    from.on('error', () => flow.to.destroy());
    from.on('close', () => this.#sockets.delete(from));
  }
}
