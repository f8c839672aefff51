// Counts what goes over a line to a server on this machine, below HTTP: every byte of requests and answers, headers too.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export class LineMeter {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  up = 0;
  down = 0;

  static async to(port: number): Promise<LineMeter> {
    const meter = new LineMeter(port);
    meter.#server.listen(0, '127.0.0.1');
    await once(meter.#server, 'listening');
    return meter;
  }

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect({ port, host: '127.0.0.1' });
      near.on('data', (bytes: Buffer) => (this.up += bytes.length));
      far.on('data', (bytes: Buffer) => (this.down += bytes.length));
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  reset(): void {
    this.up = this.down = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
