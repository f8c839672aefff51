// The door of sockets: origin, address, sign-in, and how many there may be. A browser comes with its cookie and our origin; a
// program without a browser with a token, and with no origin at all. Nothing is read of a connection before it is known whose it is.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import { closeSocket } from './inbox.ts';
import type { RelayTokens, SignIn } from './relay-token.ts';
import { CLOSE, LOOK_EVERY_MS } from './seat.ts';
import type { Sitter } from './seat.ts';
import { atMostEvery, shared } from './shared.ts';
import { serveOwn, watch } from './socket.ts';
import type { LineParts, Opened } from './socket.ts';
import { serveStock } from './stock.ts';

export interface SocketParts extends LineParts {
  sessionOf(headers: Headers): Promise<SignIn | null>;
  isSignedIn(sessionId: string): Promise<boolean>;
  membershipsOf(userId: string): Promise<readonly { readonly slug: string; readonly practiceId: string }[]>;
  readonly tokens: RelayTokens;
  originAllowed(origin: string | undefined): boolean;
  readonly beatMs?: number;
}

const FRAME_BYTES = 1024 * 1024 + 64;
/** Connections on one node, and those among them of which nobody knows yet whose they are. */
const MOST_SOCKETS = 10_000;
const MOST_UNKNOWN = 200;

/** The handler of the HTTP server's `upgrade`. Anything but our own paths, origin and sub-protocol is turned away. */
export function createSocketUpgrade(parts: SocketParts) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  });
  let unknown = 0;
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const asked = askedBy(request);
    const isOriginOurs = parts.originAllowed(request.headers.origin);
    const isProgram = asked?.token !== undefined && request.headers.origin === undefined;
    if (!isOriginOurs && !isProgram) return turnAway(socket, '403 Forbidden');
    if (asked === null) return turnAway(socket, '404 Not Found');
    if (asked.document === null && !offersOurs(request)) return turnAway(socket, '400 Bad Request');
    if (server.clients.size >= MOST_SOCKETS || unknown >= MOST_UNKNOWN) {
      return turnAway(socket, '503 Service Unavailable');
    }
    if (socket.destroyed) return;
    unknown += 1;
    const isKnown = once(() => (unknown -= 1));
    // A handshake that comes to nothing is told to nobody.
    socket.once('close', isKnown);
    server.handleUpgrade(request, socket, head, (ws) => {
      // A broken frame or a vanished peer ends this socket only; ws closes it by itself.
      ws.on('error', () => undefined);
      ws.pause();
      const known = signInOf(parts, request, asked.token).finally(isKnown);
      attend(parts, ws, { known, asked }).catch(() => closeSocket(ws, CLOSE.again));
    });
  };
}

/** The first time only. */
function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

interface Asked {
  /** Null for our own client's line. */
  readonly document: string | null;
  readonly token: string | undefined;
}

function askedBy({ url = '' }: IncomingMessage): Asked | null {
  const [path = '', query = ''] = url.split('?');
  if (path === '/relay') return query === '' ? { document: null, token: undefined } : null;
  if (!path.startsWith('/relay/')) return null;
  const token = new URLSearchParams(query).get('token') ?? undefined;
  return { document: decoded(path.slice('/relay/'.length)), token };
}

/** What is no text is the name of nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

async function attend(
  parts: SocketParts,
  ws: WebSocket,
  { known, asked }: { known: Promise<(SignIn & Opened) | null>; asked: Asked },
): Promise<void> {
  const signIn = await known;
  if (signIn === null) return closeSocket(ws, CLOSE.session);
  if (asked.document === null) return serveOwn(parts, ws, signIn);
  return attendStock(parts, ws, { name: asked.document, signIn });
}

/** A name says nothing of the practice: it is looked for in each that the person belongs to. */
async function attendStock(
  parts: SocketParts,
  ws: WebSocket,
  { name, signIn }: { name: string; signIn: SignIn & Opened },
): Promise<void> {
  const { userId, sessionId } = signIn;
  for (const { slug, practiceId } of await parts.membershipsOf(userId)) {
    const viewer = shared(() => parts.viewers.find(userId, slug));
    const sitter: Sitter = { session: `session:${sessionId}`, viewer };
    const seat = await serveStock(parts, { ws, sitter, name });
    if (seat === null) continue;
    const now = await viewer();
    const leave = parts.hub.add({
      practiceId,
      userId,
      memberId: now?.principal.memberId ?? '',
      device: '',
      spaces: async (state) => {
        const again = await parts.viewers.within(state, userId);
        return new Set(again?.spaces.map((grant) => grant.space));
      },
      poke: () => undefined,
      look: atMostEvery(LOOK_EVERY_MS, () => void seat.look().catch(() => undefined)),
      close: (code) => ws.close(code),
    });
    ws.on('close', leave);
    watch(ws, signIn);
    if (ws.readyState !== ws.OPEN) leave();
    // Who may read may have changed between the first look and the first that the hub would have told of.
    return seat.look();
  }
  closeSocket(ws, CLOSE.notThere);
}

async function signInOf(
  parts: SocketParts,
  request: IncomingMessage,
  token: string | undefined,
): Promise<(SignIn & Opened) | null> {
  if (token !== undefined) {
    const read = parts.tokens.read(token);
    const isSignedIn = async () => read !== null && parts.isSignedIn(read.sessionId);
    return read !== null && (await isSignedIn()) ? { ...read, isSignedIn } : null;
  }
  const { cookie } = request.headers;
  const headers = new Headers(cookie === undefined ? {} : { cookie });
  const session = await parts.sessionOf(headers);
  if (session === null) return null;
  return { ...session, isSignedIn: async () => (await parts.sessionOf(headers)) !== null };
}

function offersOurs(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === SOCKET_PROTOCOL);
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
