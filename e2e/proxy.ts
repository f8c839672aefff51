// A network for one device: a TCP proxy in front of the server that can fail as networks do. It sits below the browser, so
// pages, sockets and service workers all lose the network alike. It knows nothing of HTTP and promises order per connection.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

type Weather =
  | { readonly kind: 'fair'; readonly delayMs: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'half-open' };

interface Pair {
  readonly device: Socket;
  readonly server: Socket;
  lost: boolean;
}

export class FaultProxy {
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  #weather: Weather = { kind: 'fair', delayMs: 0 };

  /** Opens a way to a port of this machine. */
  static async to(serverPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(serverPort);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  private constructor(serverPort: number) {
    this.#listener = createServer((device) => this.#join(device, serverPort));
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#weather = { kind: 'cut' };
    this.#endAll();
  }

  /** Connections seem to stand, and nothing passes: no end is told to either side. */
  halfOpen(): void {
    this.#weather = { kind: 'half-open' };
  }

  /** Everything takes this much longer, each way. */
  delay(delayMs: number): void {
    this.#weather = { kind: 'fair', delayMs };
  }

  /** Fair weather. What a half-open time has swallowed is lost, and so are its connections. */
  restore(): void {
    this.#weather = { kind: 'fair', delayMs: 0 };
    for (const pair of this.#pairs) if (pair.lost) end(pair);
  }

  async close(): Promise<void> {
    this.#endAll();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #join(device: Socket, serverPort: number): void {
    if (this.#weather.kind === 'cut') {
      device.on('error', () => undefined);
      device.resetAndDestroy();
      return;
    }
    const pair: Pair = { device, server: connect(serverPort, '127.0.0.1'), lost: false };
    this.#pairs.add(pair);
    this.#carry(pair, pair.device, pair.server);
    this.#carry(pair, pair.server, pair.device);
  }

  #carry(pair: Pair, from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on('data', (chunk) => this.#pass(pair, () => to.write(chunk)));
    from.on('end', () => this.#pass(pair, () => to.end()));
    // A peer that goes away is what this file is about.
    from.on('error', () => end(pair));
    from.on('close', () => {
      if (this.#weather.kind === 'half-open') pair.lost = true;
      else this.#pass(pair, () => this.#forget(pair));
    });
  }

  #pass(pair: Pair, act: () => void): void {
    if (this.#weather.kind === 'half-open') pair.lost = true;
    if (this.#weather.kind !== 'fair') return;
    const { delayMs } = this.#weather;
    if (delayMs === 0) act();
    else setTimeout(act, delayMs);
  }

  #forget(pair: Pair): void {
    end(pair);
    this.#pairs.delete(pair);
  }

  #endAll(): void {
    for (const pair of this.#pairs) end(pair);
    this.#pairs.clear();
  }
}

function end({ device, server }: Pair): void {
  device.destroy();
  server.destroy();
}
