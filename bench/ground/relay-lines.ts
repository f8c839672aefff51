// Lines to relays, each in its own speech, without any copy of a document: what was prepared is sent as it is, and what comes is
// counted.

import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import type { WirePerson, WireWay } from '../../server/testing/wire-device.ts';

/** One socket that has joined some documents, each under its place in the list. */
export interface RelayLine {
  send(ch: number, update: Uint8Array): void;
  close(): Promise<void>;
}

export interface LineOptions {
  readonly documents: readonly string[];
  /** Hears of each message of a document that came. */
  onUpdate(ch: number, bytes: number): void;
  /** Up to where each document is known; from its beginning where nothing is said. */
  readonly after?: number;
  /** Hears every frame that comes. */
  readonly onFrame?: (bytes: number) => void;
}

export type OpenLine = (options: LineOptions) => Promise<RelayLine>;

const [SYNC, AUTH] = [0, 2];
const QUERY_AWARENESS = 3;
const ALIVE_MS = 20_000;
const [STATE_VECTOR, STATE, UPDATE] = [0, 1, 2];

/** The two plain servers of `peer-server.fixture.ts`. */
export function plainLine(port: number): OpenLine {
  return async ({ documents, onUpdate }) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(ws, 'open');
    ws.send(JSON.stringify(documents));
    await once(ws, 'message');
    ws.on('message', (data: Buffer) => onUpdate(data.readUInt16LE(0), data.length));
    return {
      send(ch, update) {
        const frame = Buffer.allocUnsafe(update.length + 2);
        frame.writeUInt16LE(ch, 0);
        frame.set(update, 2);
        ws.send(frame);
      },
      close: () => ended(ws),
    };
  };
}

/** Our own client's. */
export function ownLine({ url, origin }: WireWay, who: WirePerson): OpenLine {
  return async ({ documents, onUpdate, onFrame, after = 0 }) => {
    const address = `${url.replace('http', 'ws')}/relay`;
    const ws = new WebSocket(address, SOCKET_PROTOCOL, { headers: { cookie: who.cookie }, origin });
    await once(ws, 'open');
    const { practice, member: membership } = who;
    ws.send(JSON.stringify({ t: 'open', practice, membership, device: newId() }));
    await once(ws, 'message');
    let joined = 0;
    await new Promise<void>((resolve, reject) => {
      ws.on('close', (code) => reject(new Error(`the relay closed with ${code}`)));
      ws.on('message', (data: Buffer, isBinary) => {
        onFrame?.(data.length);
        if (isBinary) return onUpdate(decoding.readVarUint(decoding.createDecoder(data)), data.length);
        const { t } = JSON.parse(data.toString()) as { t: string };
        if (t === 'left') reject(new Error(`a document was left: ${data.toString()}`));
        joined += t === 'joined' ? 1 : 0;
        if (joined === documents.length) resolve();
      });
      for (const [ch, document] of documents.entries()) ws.send(JSON.stringify({ t: 'join', ch, document, after }));
    });
    return { send: (ch, update) => ws.send(framed([ch, SYNC, UPDATE], update)), close: () => ended(ws) };
  };
}

/** That of hocuspocus, which names the document in every frame. */
export function hocuspocusLine(port: number): OpenLine {
  return async ({ documents, onUpdate, onFrame }) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(ws, 'open');
    let synced = 0;
    await new Promise<void>((resolve, reject) => {
      ws.on('close', (code) => reject(new Error(`hocuspocus closed with ${code}`)));
      ws.on('message', (data: Buffer) => {
        onFrame?.(data.length);
        const decoder = decoding.createDecoder(data);
        const ch = documents.indexOf(decoding.readVarString(decoder));
        const type = decoding.readVarUint(decoder);
        if (type === AUTH)
          return ws.send(named(must(documents[ch], 'a document'), [SYNC, STATE_VECTOR], Uint8Array.of(0)));
        if (type !== SYNC) return;
        const sub = decoding.readVarUint(decoder);
        // It puts together what came in one turn of its loop.
        if (sub === UPDATE)
          for (let n = newIn(decoding.readVarUint8Array(decoder)); n > 0; n -= 1) onUpdate(ch, data.length);
        synced += sub === STATE ? 1 : 0;
        if (synced === documents.length) resolve();
      });
      for (const document of documents) ws.send(named(document, [AUTH, 0], new Uint8Array()));
    });
    // It ends a line of which nothing was heard for a minute, also one that only reads.
    const alive = setInterval(
      () => ws.send(named(must(documents[0], 'a document'), [QUERY_AWARENESS], null)),
      ALIVE_MS,
    );
    ws.on('close', () => clearInterval(alive));
    return {
      send: (ch, update) => ws.send(named(must(documents[ch], 'a document'), [SYNC, UPDATE], update)),
      close: () => ended(ws),
    };
  };
}

/** How many items an update brings. */
function newIn(update: Uint8Array): number {
  const { from, to } = Y.parseUpdateMeta(update);
  return [...to].reduce((sum, [client, clock]) => sum + clock - (from.get(client) ?? 0), 0);
}

async function ended(ws: WebSocket): Promise<void> {
  if (ws.readyState !== ws.OPEN) throw new Error('a line had ended before');
  const closed = once(ws, 'close');
  ws.close(1000);
  await closed;
}

function framed(numbers: readonly number[], body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const one of numbers) encoding.writeVarUint(encoder, one);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

function named(document: string, numbers: readonly number[], body: Uint8Array | null): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, document);
  for (const one of numbers) encoding.writeVarUint(encoder, one);
  if (body !== null) encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}
