// The door of sockets: origin, address, sign-in, and how many there may be. A browser comes with its cookie and our origin; a
// program without a browser with a token, and with no origin at all. Nothing is read of a connection before it is known whose it is.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import { clientAddress, isLoopback } from '../identity/client-address.ts';
import { Crowd } from './crowd.ts';
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
/** Who was turned away may read why for so long. */
const GOODBYE_MS = 1000;

/** The handler of the HTTP server's `upgrade`. Anything but our own paths, origin and sub-protocol is turned away. */
export function createSocketUpgrade(parts: SocketParts) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  });
  const crowd = new Crowd();
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const asked = askedBy(request);
    const isOriginOurs = parts.originAllowed(request.headers.origin);
    const isProgram = asked?.token !== undefined && request.headers.origin === undefined;
    if (!isOriginOurs && !isProgram) return turnAway(socket, '403 Forbidden');
    if (asked === null) return turnAway(socket, '404 Not Found');
    if (asked.document === null && !offersOurs(request)) return turnAway(socket, '400 Bad Request');
    if (socket.destroyed) return;
    const place = crowd.enter(addressOf(request));
    if (place === null) return turnAway(socket, '503 Service Unavailable');
    // A handshake that comes to nothing is told to nobody.
    socket.once('close', place.free);
    server.handleUpgrade(request, socket, head, (ws) => {
      // A broken frame or a vanished peer ends this socket only; ws closes it by itself.
      ws.on('error', () => undefined);
      ws.pause();
      const sendAway = (code: number) => {
        place.free();
        closeSocket(ws, code);
      };
      const known = signInOf(parts, request, asked.token);
      const come = ({ userId }: SignIn) => place.known(userId, () => sendAway(CLOSE.again));
      attend(parts, ws, { known, asked, come, sendAway }).catch(() => sendAway(CLOSE.again));
    });
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

interface Knock {
  readonly known: Promise<(SignIn & Opened) | null>;
  readonly asked: Asked;
  /** Counts him among his own. */
  come(signIn: SignIn): void;
  /** Ends a connection that is not served, soon and whether its peer listens or not. */
  sendAway(code: number): void;
}

async function attend(parts: SocketParts, ws: WebSocket, { known, asked, come, sendAway }: Knock): Promise<void> {
  const signIn = await known;
  if (signIn === null) return sendAway(CLOSE.session);
  if (ws.readyState !== ws.OPEN) return;
  come(signIn);
  if (asked.document === null) return serveOwn(parts, ws, signIn);
  if (!(await attendStock(parts, ws, { name: asked.document, signIn }))) sendAway(CLOSE.notThere);
}

/** A name says nothing of the practice: it is looked for in each that the person belongs to. False where it is in none. */
async function attendStock(
  parts: SocketParts,
  ws: WebSocket,
  { name, signIn }: { name: string; signIn: SignIn & Opened },
): Promise<boolean> {
  const { userId, sessionId } = signIn;
  for (const { slug, practiceId } of await parts.membershipsOf(userId)) {
    const viewer = shared(() => parts.viewers.find(userId, slug));
    const sitter: Sitter = { session: `session:${sessionId}`, viewer };
    const seat = await serveStock(parts, { ws, sitter, name });
    if (seat === null) continue;
    const now = await viewer();
    const leave = parts.hub.add({
      practiceId,
      slug,
      userId,
      memberId: now?.principal.memberId ?? '',
      device: '',
      spaces: async (state) => {
        const again = await parts.viewers.within(state, userId);
        return new Set(again?.spaces.map((grant) => grant.space));
      },
      poke: () => undefined,
      look: atMostEvery(LOOK_EVERY_MS, () => seat.lookUntilKnown()),
      close: (code) => ws.close(code),
    });
    ws.on('close', leave);
    watch(ws, signIn);
    if (ws.readyState !== ws.OPEN) leave();
    // Who may read may have changed between the first look and the first that the hub would have told of.
    await seat.look();
    return true;
  }
  return false;
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

/** Null where it is this machine's own: of a proxy that names nobody it says nothing. */
function addressOf({ socket, headers }: IncomingMessage): string | null {
  const forwarded = headers['x-forwarded-for'];
  const said = new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': String(forwarded) });
  const address = clientAddress(socket.remoteAddress, said);
  return address === null || isLoopback(address) ? null : address;
}

function offersOurs(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === SOCKET_PROTOCOL);
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
}
