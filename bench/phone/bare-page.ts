// What the line itself costs: a bare page of as many bytes, its form at the very end, from a plain server. No script, no
// style, one connection.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HEAD = '<!doctype html><title>Bare</title><!--';
const FORM = '--><form><input type="email"><button type="submit">Sign in</button></form>';

export class BareServer {
  readonly #server: Server;

  static async open(): Promise<BareServer> {
    const bare = new BareServer();
    bare.#server.listen(0, '127.0.0.1');
    await once(bare.#server, 'listening');
    return bare;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const bytes = Number(new URL(request.url ?? '/', 'http://bare').searchParams.get('bytes'));
      const filling = 'x'.repeat(Math.max(0, bytes - HEAD.length - FORM.length));
      response.writeHead(200, { 'content-type': 'text/html' }).end(HEAD + filling + FORM);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
