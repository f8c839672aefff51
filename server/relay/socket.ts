// `GET /relay` with sub-protocol `interlude.1`: who is signed in, then one frame that says for which membership it listens,
// then pokes, and documents under numbers. It says now and then that it is here, since a line may die without a word. The
// session is looked at again every minute, and a closed one ends the socket.

import type { RawData, WebSocket } from 'ws';
import { socketOpen } from '../../src/sync/core/protocol.ts';
import type { Viewers } from '../accept/viewer.ts';
import { Channels } from './channels.ts';
import type { Hub } from './hub.ts';
import { closeSocket, receive } from './inbox.ts';
import { Outgoing } from './outgoing.ts';
import { CLOSE, LOOK_EVERY_MS } from './seat.ts';
import type { SeatParts, Sitter } from './seat.ts';
import { atMostEvery, shared } from './shared.ts';

export interface LineParts extends SeatParts {
  readonly viewers: Viewers;
  readonly hub: Hub;
}

/** Who has opened a socket, and whether his sign-in still holds. */
export interface Opened {
  readonly userId: string;
  isSignedIn(): Promise<boolean>;
}

const OPEN_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 60_000;
/** Of a frame of text. */
const TEXT_BYTES = 4096;
/** Devices give a line up that has been silent for longer than this. */
const BEAT_MS = 20_000;
const TOO_LARGE = 1009;

/** Serves our own client until the connection ends. */
export async function serveOwn(parts: LineParts, ws: WebSocket, opened: Opened): Promise<void> {
  const first = firstFrame(ws);
  ws.resume();
  const open = socketOpen.safeParse(await first);
  if (!open.success) return closeSocket(ws, CLOSE.frame);
  const { practice, membership, device } = open.data;
  const find = () => parts.viewers.find(opened.userId, practice);
  const viewer = await find();
  if (viewer?.principal.memberId !== membership) return closeSocket(ws, CLOSE.refused);
  if (ws.readyState !== ws.OPEN) return;
  const sitter: Sitter = {
    session: `device:${device}`,
    viewer: shared(async () => {
      const now = await find();
      return now?.principal.memberId === membership ? now : null;
    }),
  };
  const outgoing = new Outgoing(ws);
  const send = (data: string | Uint8Array) => outgoing.send(data);
  const channels = new Channels(parts, sitter, {
    text: (frame) => send(JSON.stringify(frame)),
    binary: send,
    drained: () => outgoing.drained(),
    close: (code) => closeSocket(ws, code),
  });
  const leave = parts.hub.add({
    practiceId: viewer.practice.id,
    slug: practice,
    userId: opened.userId,
    memberId: membership,
    device,
    spaces: async (now) => {
      const again = await parts.viewers.within(now, opened.userId);
      return new Set(again?.spaces.map((grant) => grant.space));
    },
    poke: () => send('{"t":"poke"}'),
    look: atMostEvery(LOOK_EVERY_MS, () => channels.look()),
    close: (code) => ws.close(code),
  });
  const takeFrame = (frame: Parameters<Channels['take']>[0]) => {
    if (frame.isText && frame.bytes.length > TEXT_BYTES) return Promise.resolve(closeSocket(ws, TOO_LARGE));
    return channels.take(frame);
  };
  receive(ws, takeFrame, () => closeSocket(ws, CLOSE.again));
  const beating = setInterval(() => send('{"t":"here"}'), BEAT_MS);
  watch(ws, opened);
  ws.on('close', () => {
    clearInterval(beating);
    channels.end();
    leave();
  });
  send(JSON.stringify({ t: 'ready', beatMs: BEAT_MS }));
}

/** Looks at the sign-in again and again while the connection is open; the first time now, since it may have ended unheard. */
export function watch(ws: WebSocket, { isSignedIn }: Opened): void {
  const look = async () => {
    // A store that is away proves nothing about the session: the next look decides.
    if (!(await isSignedIn().catch(() => true))) ws.close(CLOSE.session);
  };
  const looking = setInterval(look, LOOK_AGAIN_MS);
  void look();
  ws.on('close', () => clearInterval(looking));
}

/** The first frame as JSON; null where it is none or does not come in time. */
function firstFrame(ws: WebSocket): Promise<unknown> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), OPEN_WITHIN_MS);
    ws.once('close', () => resolve(null));
    ws.once('message', (data: RawData) => {
      clearTimeout(late);
      // What comes behind it waits until somebody listens.
      ws.pause();
      resolve(parseJson(data));
    });
  });
}

function parseJson(data: RawData): unknown {
  try {
    const text = String(data);
    return text.length > TEXT_BYTES ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
