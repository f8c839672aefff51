// `GET /relay` with sub-protocol `interlude.1`: who is signed in, then one frame that says for which membership it listens,
// then pokes. It says now and then that it is here, since a line may die without a word. The session is looked at again every
// minute, and a closed one ends the socket.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { socketOpen, SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import type { AcceptParts } from '../accept/routes.ts';

export interface SocketParts extends Pick<AcceptParts, 'viewers' | 'hub' | 'sessionOf'> {
  originAllowed(origin: string | undefined): boolean;
}

const FRAME_BYTES = 4096;
const OPEN_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 60_000;
/** Devices give a line up that has been silent for longer than this. */
const BEAT_MS = 20_000;
const CLOSE = { frame: 4400, session: 4401, membership: 4403 } as const;

/** The handler of the HTTP server's `upgrade`. Anything but our own path, origin and sub-protocol is turned away. */
export function createSocketUpgrade(parts: SocketParts) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!parts.originAllowed(request.headers.origin)) return turnAway(socket, '403 Forbidden');
    if (request.url !== '/relay') return turnAway(socket, '404 Not Found');
    if (!offersOurs(request)) return turnAway(socket, '400 Bad Request');
    server.handleUpgrade(request, socket, head, (ws) => {
      // A broken frame or a vanished peer ends this socket only; ws closes it by itself.
      ws.on('error', () => undefined);
      attend(parts, ws, headersOf(request)).catch(() => ws.close(1011));
    });
  };
}

async function attend(parts: SocketParts, ws: WebSocket, headers: Headers): Promise<void> {
  const first = firstFrame(ws);
  const session = await parts.sessionOf(headers);
  if (session === null) return ws.close(CLOSE.session);
  const open = socketOpen.safeParse(await first);
  if (!open.success) return ws.close(CLOSE.frame);
  const { practice, membership, device } = open.data;
  const viewer = await parts.viewers.find(session.userId, practice);
  if (viewer?.principal.memberId !== membership) return ws.close(CLOSE.membership);
  if (ws.readyState !== ws.OPEN) return;
  const leave = parts.hub.add({
    practiceId: viewer.practice.id,
    userId: session.userId,
    memberId: membership,
    device,
    spaces: async (now) => {
      const again = await parts.viewers.within(now, session.userId);
      return new Set(again?.spaces.map((grant) => grant.space));
    },
    poke: () => ws.send('{"t":"poke"}'),
    close: (code) => ws.close(code),
  });
  const looking = setInterval(() => void lookAgain(parts, ws, headers), LOOK_AGAIN_MS);
  const beating = setInterval(() => ws.send('{"t":"here"}'), BEAT_MS);
  ws.on('message', () => ws.close(CLOSE.frame));
  ws.on('close', () => {
    clearInterval(beating);
    clearInterval(looking);
    leave();
  });
  ws.send(JSON.stringify({ t: 'ready', beatMs: BEAT_MS }));
}

async function lookAgain({ sessionOf }: SocketParts, ws: WebSocket, headers: Headers): Promise<void> {
  // A store that is away proves nothing about the session: the next look decides.
  const session = await sessionOf(headers).catch(() => 'unknown' as const);
  if (session === null) ws.close(CLOSE.session);
}

/** The first frame as JSON; null where it is none or does not come in time. */
function firstFrame(ws: WebSocket): Promise<unknown> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), OPEN_WITHIN_MS);
    ws.once('close', () => resolve(null));
    ws.once('message', (data) => {
      clearTimeout(late);
      resolve(parseJson(String(data)));
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function offersOurs(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === SOCKET_PROTOCOL);
}

function headersOf(request: IncomingMessage): Headers {
  return new Headers(request.headers.cookie === undefined ? {} : { cookie: request.headers.cookie });
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
