// `GET /relay/<document>`: one document, in the protocol of y-websocket, for a provider that knows nothing of us. It converges as
// with any server; what it may not write ends its connection with a code. Something comes every 20 s, or it would reconnect.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { closeSocket, receive } from './inbox.ts';
import type { Frame } from './inbox.ts';
import { Outgoing } from './outgoing.ts';
import { CLOSE, Seat } from './seat.ts';
import type { Line, SeatParts, Sitter } from './seat.ts';

const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3 } as const;
const SYNC = { stateVector: 0, state: 1, update: 2 } as const;
const BEAT_MS = 20_000;
/** A whole state is asked for at most so often; who asks sooner waits. */
const FULL_EVERY_MS = 10_000;
const MOST_VECTOR = 64 * 1024;
const NOBODY = Uint8Array.of(0);

/** What a frame is that cannot be one of an honest provider. */
class Foreign extends Error {}

/** Serves the document until the connection ends; null where it is not there for him. The connection is paused until then. */
export async function serveStock(
  parts: SeatParts & { beatMs?: number },
  { ws, sitter, name }: { ws: WebSocket; sitter: Sitter; name: string },
): Promise<Seat | null> {
  const outgoing = new Outgoing(ws);
  const send = (bytes: Uint8Array) => outgoing.send(bytes);
  const line: Line = {
    news: (news) => {
      for (const { update, origin } of news) if (origin !== holder.seat) send(syncMessage(SYNC.update, update));
    },
    aware: (message) => send(awarenessMessage(message)),
    left: (code, reason) => closeSocket(ws, code, reason),
  };
  const holder: { seat: Seat | null } = { seat: null };
  const begin: Parameters<typeof Seat.take>[2]['begin'] = ({ doc }) => {
    if (doc !== null) send(syncMessage(SYNC.stateVector, Y.encodeStateVector(doc)));
  };
  const seat = await Seat.take(parts, sitter, { name, line, begin });
  if (seat === null) return null;
  holder.seat = seat;
  seat.enter();
  const talk = new StockTalk(parts, seat, send);
  const turnAway = (error: unknown) => {
    if (error instanceof Foreign) {
      seat.refused(error.message);
      parts.onRefused(error.message);
    }
    closeSocket(ws, error instanceof Foreign ? CLOSE.refused : CLOSE.again);
  };
  receive(ws, (frame) => talk.take(frame), turnAway);
  const beat = setInterval(() => send(awarenessMessage(NOBODY)), parts.beatMs ?? BEAT_MS);
  ws.on('close', () => {
    clearInterval(beat);
    talk.end();
    seat.leave();
  });
  return seat;
}

class StockTalk {
  readonly #parts: SeatParts;
  readonly #seat: Seat;
  readonly #send: (bytes: Uint8Array) => void;
  #fullAt = -Infinity;
  #later: NodeJS.Timeout | undefined;

  constructor(parts: SeatParts, seat: Seat, send: (bytes: Uint8Array) => void) {
    [this.#parts, this.#seat, this.#send] = [parts, seat, send];
  }

  async take({ bytes, isText }: Frame): Promise<void> {
    if (isText) throw new Foreign('text-frame');
    const { type, sub, body } = read(bytes);
    if (type === MESSAGE.awareness) return this.#seat.aware(body);
    if (type === MESSAGE.queryAwareness) return this.#seat.tellPresent();
    if (sub === SYNC.stateVector) return this.#answer(body);
    return this.#seat.update(body);
  }

  end(): void {
    clearTimeout(this.#later);
  }

  async #answer(vector: Uint8Array): Promise<void> {
    if (vector.length > MOST_VECTOR) throw new Foreign('too-large');
    if (!isVector(vector)) throw new Foreign('unreadable');
    const wait = this.#fullAt + FULL_EVERY_MS - performance.now();
    clearTimeout(this.#later);
    // Of many that come too soon only the last is answered, when its time has come.
    if (wait > 0) this.#later = setTimeout(() => void this.#sendState(vector).catch(() => undefined), wait);
    else await this.#sendState(vector);
  }

  async #sendState(vector: Uint8Array): Promise<void> {
    const { room } = this.#seat;
    if (room === null) return;
    this.#fullAt = performance.now();
    await this.#parts.relay.rooms.read(room, () => {
      if (room.doc !== null) this.#send(syncMessage(SYNC.state, Y.encodeStateAsUpdate(room.doc, vector)));
    });
  }
}

function isVector(bytes: Uint8Array): boolean {
  try {
    Y.decodeStateVector(bytes);
    return true;
  } catch {
    return false;
  }
}

/** One message, to its last byte. */
function read(bytes: Uint8Array): { type: number; sub: number; body: Uint8Array } {
  try {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (!(Object.values(MESSAGE) as number[]).includes(type)) throw new Foreign('unknown-message');
    const sub = type === MESSAGE.sync ? decoding.readVarUint(decoder) : 0;
    if (sub > SYNC.update) throw new Foreign('unknown-message');
    const body = type === MESSAGE.queryAwareness ? NOBODY : decoding.readVarUint8Array(decoder);
    if (decoder.pos !== bytes.length) throw new Foreign('unreadable');
    return { type, sub, body };
  } catch (error) {
    throw error instanceof Foreign ? error : new Foreign('unreadable');
  }
}

function syncMessage(sub: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, sub);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

function awarenessMessage(body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}
