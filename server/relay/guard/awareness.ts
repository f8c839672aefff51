// Who is there, as the relay passes it on. A connection speaks for one client id, the one it named first, and what it says of itself
// is put under the identity the server knows. A stock provider repeats what it hears of others: that is dropped, never passed on.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { JsonObject } from '../../../src/base/json.ts';
import { MOST_CLIENT_ID } from './limits.ts';
import { parseText, readString, readUint } from './read-json.ts';
import { Refused } from './refused.ts';

/** Bytes of one state; bytes and states of one message, with what is repeated of others. */
const [MOST_STATE, MOST_MESSAGE, MOST_STATES] = [1024, 65_536, 64];
const MOST_CLOCK = 0xffff_ffff;

/** What a connection has said of itself last. */
export interface Held {
  readonly clientId: number;
  readonly clock: number;
  readonly isThere: boolean;
}

export interface AwarenessAsk {
  /** As it came. */
  readonly message: Uint8Array;
  /** Null before the connection has said anything. */
  readonly held: Held | null;
  /** Whether another connection of the document speaks for this client id. */
  isTaken(clientId: number): boolean;
  /** Stands in the state's `user`, whatever was there. */
  readonly identity: JsonObject;
}

export type AwarenessVerdict =
  | { readonly kind: 'passed'; readonly said: Said; readonly held: Held }
  /** It says nothing new of the connection itself. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'refused'; readonly code: 'unreadable' | 'too-large' | 'client-taken' };

/** What a connection says of itself, under the identity the server knows; null where it has gone. */
export interface Said {
  readonly clientId: number;
  readonly clock: number;
  readonly state: JsonObject | null;
}

interface Entry {
  readonly clientId: number;
  readonly clock: number;
  readonly text: string;
}

/** Judges one awareness message, and says what is passed on. Never throws. */
export function judgeAwareness(ask: AwarenessAsk): AwarenessVerdict {
  try {
    return judged(ask);
  } catch (error) {
    const code = error instanceof Refused && error.code === 'too-large' ? 'too-large' : 'unreadable';
    return { kind: 'refused', code };
  }
}

/** That a connection has gone, under the clock of what it said last. */
export function goneOf({ clientId, clock }: Held): Said {
  return { clientId, clock, state: null };
}

/** The message that is passed on. */
export function saidMessage({ clientId, clock, state }: Said): Uint8Array {
  return messageOf({ clientId, clock, text: JSON.stringify(state) });
}

/** What a message says that was judged and passed on, here or on another node; null where it is none. */
export function saidIn(message: Uint8Array): Said | null {
  try {
    const [entry] = readEntries(message);
    if (entry === undefined) return null;
    const { clientId, clock, text } = entry;
    return { clientId, clock, state: parseText(text) as JsonObject | null };
  } catch {
    return null;
  }
}

function judged({ message, held, isTaken, identity }: AwarenessAsk): AwarenessVerdict {
  const entries = readEntries(message);
  const [first] = entries;
  if (first === undefined) return { kind: 'dropped' };
  // Before it has named itself nobody knows which of many it would be.
  if (held === null && entries.length > 1) return { kind: 'refused', code: 'too-large' };
  if (held === null && isTaken(first.clientId)) return { kind: 'refused', code: 'client-taken' };
  const own = held === null ? first : entries.findLast(({ clientId }) => clientId === held.clientId);
  if (own === undefined) return { kind: 'dropped' };
  if (own.clientId > MOST_CLIENT_ID || own.clock > MOST_CLOCK) return { kind: 'refused', code: 'unreadable' };
  if (Buffer.byteLength(own.text) > MOST_STATE) return { kind: 'refused', code: 'too-large' };
  const state = stateOf(own.text, identity);
  // Leaving has the clock of the last state; all else counts up.
  const isNew = held === null || own.clock > held.clock || (own.clock === held.clock && state === null && held.isThere);
  if (!isNew) return { kind: 'dropped' };
  const { clientId, clock } = own;
  return {
    kind: 'passed',
    said: { clientId, clock, state },
    held: { clientId, clock, isThere: state !== null },
  };
}

function readEntries(message: Uint8Array): Entry[] {
  if (message.length > MOST_MESSAGE) throw new Refused('too-large');
  const decoder = decoding.createDecoder(message);
  const count = readUint(decoder);
  if (count > MOST_STATES) throw new Refused('too-large');
  const entries: Entry[] = [];
  for (let left = count; left > 0; left -= 1) {
    entries.push({ clientId: readUint(decoder), clock: readUint(decoder), text: readString(decoder) });
  }
  if (decoder.pos !== message.length) throw new Refused('unreadable');
  return entries;
}

function stateOf(text: string, identity: JsonObject): JsonObject | null {
  const state = parseText(text);
  if (state === null) return null;
  if (typeof state !== 'object' || Array.isArray(state)) throw new Refused('unreadable');
  return { ...(state as JsonObject), user: identity };
}

function messageOf({ clientId, clock, text }: Entry): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, clientId, clock]) encoding.writeVarUint(encoder, number);
  encoding.writeVarString(encoder, text);
  return encoding.toUint8Array(encoder);
}
