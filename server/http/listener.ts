// The open port. It is taken before anything else starts, so that a taken one costs nothing, and answers "not yet" until
// the house stands behind it. Closing lets what is under way finish for a while, then ends it.

import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Fetch } from '../http.ts';
import { StartError } from '../start-error.ts';
import { refusalResponse } from './errors.ts';

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface Listener {
  readonly port: number;
  /** Puts the house behind the port. */
  serve(house: { fetch: Fetch; upgrade: Upgrade }): void;
  /** Takes nothing new, waits up to `drainMs` for what is under way, ends the rest; resolves when all is closed. Safe to call twice. */
  close(drainMs: number): Promise<void>;
}

const SWEEP_MS = 50;

/** Opens the port. Throws StartError where it is taken or may not be had. */
export async function listen({ host, port }: { host: string; port: number }): Promise<Listener> {
  let fetch: Fetch = async () => refusalResponse('try-again', { retryAfter: 1 });
  let upgrade: Upgrade = (_request, socket) => socket.destroy();
  const upgraded = new Set<Duplex>();
  const server = createServer(
    getRequestListener((request, env) => fetch(request, env), {
      overrideGlobalObjects: false,
      errorHandler: (error) =>
        error instanceof RequestError
          ? refusalResponse('bad-request')
          : refusalResponse('try-again', { retryAfter: 1 }, 500),
    }),
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    // A peer that goes away in the middle is weather.
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head);
  });
  await bind(server, { host, port });
  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    serve: (house) => ({ fetch, upgrade } = house),
    close: (drainMs) => (closed ??= close(server, upgraded, drainMs)),
  };
}

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusedPort(error, { host, port })));
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error');
}

function refusedPort(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  const why = {
    EADDRINUSE: 'is taken by another program. Stop that one, or choose another with PORT.',
    EACCES: 'needs more rights. Choose one from 1024 with PORT.',
    EADDRNOTAVAIL: 'cannot be had: this machine has no such address. Choose another with HOST.',
    ENOTFOUND: 'cannot be had: HOST names no address.',
  }[error.code ?? ''];
  return why === undefined ? error : new StartError(`Port ${port} on ${host} ${why}`);
}

async function close(server: Server, upgraded: ReadonlySet<Duplex>, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that falls idle after its last answer would else be kept for the next one.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const limit = setTimeout(() => {
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  }, drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
