// Plain JSON as Yjs writes it: lib0's "any" and, in old clients, JSON text. Walked before it is decoded, so that depth, kinds
// and keys are known to be harmless; what is no JSON is refused.

import * as decoding from 'lib0/decoding';
import type { Json } from '../../../src/base/json.ts';
import { MOST_DEPTH } from './limits.ts';
import { Refused } from './refused.ts';

const ABSENT = 127;

/** A whole number that can be counted with. */
export function readUint(decoder: decoding.Decoder): number {
  const value = decoding.readVarUint(decoder);
  if (!Number.isSafeInteger(value)) throw new Refused('unreadable');
  return value;
}

/** How many follow; each is at least one byte. */
export function readCount(decoder: decoding.Decoder): number {
  const count = readUint(decoder);
  if (count > decoder.arr.length - decoder.pos) throw new Refused('unreadable');
  return count;
}

/** lib0 would read on behind the end. */
export function readByte(decoder: decoding.Decoder): number {
  if (decoder.pos >= decoder.arr.length) throw new Refused('unreadable');
  return decoding.readUint8(decoder);
}

/** Steps over a string without decoding it. */
export function skipString(decoder: decoding.Decoder): void {
  const length = readCount(decoder);
  decoder.pos += length;
}

/** A string; lib0 would read the memory behind the end. */
export function readString(decoder: decoding.Decoder): string {
  const at = decoder.pos;
  skipString(decoder);
  decoder.pos = at;
  return decoding.readVarString(decoder);
}

/** Steps over one value; refuses what is no plain JSON. The recursion is bounded by `MOST_DEPTH`. */
export function skipAny(decoder: decoding.Decoder, depth = 0): void {
  if (depth > MOST_DEPTH) throw new Refused('too-large');
  const kind = readByte(decoder);
  if (kind === 126 || kind === 121 || kind === 120) return;
  if (kind === 119) skipString(decoder);
  else if (kind === 118) skipMembers(decoder, depth);
  else if (kind === 117) for (let left = readCount(decoder); left > 0; left -= 1) skipAny(decoder, depth + 1);
  else if (kind === 125) decoding.readVarInt(decoder);
  else if (kind === 124) finite(decoding.readFloat32(decoder));
  else if (kind === 123) finite(decoding.readFloat64(decoder));
  else throw new Refused('not-allowed');
}

/** A member that is absent is written by honest clients: JSON text leaves it out. */
function skipMembers(decoder: decoding.Decoder, depth: number): void {
  for (let left = readCount(decoder); left > 0; left -= 1) {
    // lib0 would set the object's prototype.
    if (readString(decoder) === '__proto__') throw new Refused('not-allowed');
    if (decoder.arr[decoder.pos] === ABSENT) decoder.pos += 1;
    else skipAny(decoder, depth + 1);
  }
}

function finite(value: number): void {
  if (!Number.isFinite(value)) throw new Refused('not-allowed');
}

/** Reads one value over which `skipAny` has stepped. */
export function readAny(decoder: decoding.Decoder): Json {
  return decoding.readAny(decoder) as Json;
}

/** Reads one value written as JSON text. */
export function parseText(text: string): Json {
  let [depth, inString] = [0, false];
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (inString && letter === '\\') i += 1;
    else if (letter === '"') inString = !inString;
    else if (!inString && (letter === '{' || letter === '[')) depth += 1;
    else if (!inString && (letter === '}' || letter === ']')) depth -= 1;
    if (depth > MOST_DEPTH) throw new Refused('too-large');
  }
  return JSON.parse(text, refuseProto) as Json;
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Refused('not-allowed');
  return value;
}
