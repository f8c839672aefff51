// What goes over a channel of the line, as bytes (`../README.md`, Documents): updates under their sequence, and what somebody says of
// himself, in the forms of y-protocols.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { JsonObject } from '../../base/json.ts';
import type { SaidHere } from './doc-presence.ts';

const SYNC = 0;
const AWARENESS = 1;
const WHOLE = 1;
const UPDATE = 2;

/** An update under its sequence; a whole one stands for all up to there. */
export interface CameUpdate {
  readonly seq: number;
  readonly update: Uint8Array;
  readonly isWhole?: boolean;
}

/** What has come on a channel. */
export type ChannelNews =
  | ({ readonly ch: number; readonly kind: 'update' } & CameUpdate)
  | { readonly ch: number; readonly kind: 'said'; readonly said: readonly HeardState[] };

interface HeardState {
  readonly clientId: number;
  readonly user: string;
  readonly state: JsonObject | null;
}

/** Reads one message; null where it is none of those that are known here. */
export function readChannelNews(bytes: Uint8Array): ChannelNews | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const ch = decoding.readVarUint(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) return { ch, kind: 'said', said: readSaid(decoding.readVarUint8Array(decoder)) };
    if (type !== SYNC) return null;
    const seq = decoding.readVarUint(decoder);
    const sub = decoding.readVarUint(decoder);
    if (sub !== UPDATE && sub !== WHOLE) return null;
    return { ch, kind: 'update', seq, update: decoding.readVarUint8Array(decoder), isWhole: sub === WHOLE };
  } catch {
    return null;
  }
}

/** What this page says of itself, on a channel. */
export function saidMessage(ch: number, { clientId, clock, state }: SaidHere): Uint8Array<ArrayBuffer> {
  const said = encoding.createEncoder();
  for (const one of [1, clientId, clock]) encoding.writeVarUint(said, one);
  encoding.writeVarString(said, JSON.stringify(state));
  const encoder = encoding.createEncoder();
  for (const one of [ch, AWARENESS]) encoding.writeVarUint(encoder, one);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(said));
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

function readSaid(bytes: Uint8Array): HeardState[] {
  const decoder = decoding.createDecoder(bytes);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const clientId = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const state = JSON.parse(decoding.readVarString(decoder)) as (JsonObject & { user?: { id?: unknown } }) | null;
    return { clientId, user: String(state?.user?.id ?? ''), state };
  });
}
