// The bytes that are applied and logged: what is new, in the order Yjs writes it, and nothing else. Whole structs keep the bytes in
// which they were judged; only one that the server had in part is written anew.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { skipAny, skipString } from './read-json.ts';
import { KIND } from './struct.ts';
import type { Struct } from './struct.ts';
import type { News } from './trim.ts';

/** Writes what is new. */
export function writeUpdate({ bytes, structs, deletes }: News): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, structs.size);
  for (const [client, section] of descending(structs)) {
    encoding.writeVarUint(encoder, section.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, section[0]?.clock ?? 0);
    const [first, last] = [section[0], section.at(-1)];
    if (first === undefined || last === undefined) continue;
    // Only the first can be known in part; the others lie side by side in what came.
    if (first.known > 0) writeRest(encoder, bytes, first);
    const from = first.known > 0 ? first.end : first.start;
    if (last.end > from) encoding.writeUint8Array(encoder, bytes.subarray(from, last.end));
  }
  encoding.writeVarUint(encoder, deletes.size);
  for (const [client, ranges] of descending(deletes)) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { from, to } of ranges) {
      encoding.writeVarUint(encoder, from);
      encoding.writeVarUint(encoder, to - from);
    }
  }
  return encoding.toUint8Array(encoder);
}

function descending<T>(map: ReadonlyMap<number, T>): (readonly [number, T])[] {
  return map.size < 2 ? [...map] : [...map].sort(([a], [b]) => b - a);
}

function writeRest(encoder: encoding.Encoder, bytes: Uint8Array, struct: Struct): void {
  const { kind, origin, rightOrigin } = struct;
  if (kind === KIND.gone) {
    encoding.writeUint8(encoder, KIND.gone);
    encoding.writeVarUint(encoder, struct.length);
    return;
  }
  encoding.writeUint8(encoder, kind | 0x80 | (rightOrigin === null ? 0 : 0x40));
  for (const id of [origin, rightOrigin]) {
    if (id === null) continue;
    encoding.writeVarUint(encoder, id.client);
    encoding.writeVarUint(encoder, id.clock);
  }
  writeRestOfContent(encoder, bytes, struct);
}

function writeRestOfContent(encoder: encoding.Encoder, bytes: Uint8Array, struct: Struct): void {
  if (struct.kind === KIND.string) {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = struct.content;
    const text = decoding.readVarString(decoder).slice(struct.known);
    // Half a letter: Yjs replaces both halves.
    encoding.writeVarString(encoder, text.replace(/^[\uDC00-\uDFFF]/, '\uFFFD'));
    return;
  }
  encoding.writeVarUint(encoder, struct.length);
  if (struct.kind === KIND.deleted) return;
  encoding.writeUint8Array(encoder, bytes.subarray(startOfRest(bytes, struct), struct.end));
}

/** Where the first value begins that is new. */
export function startOfRest(bytes: Uint8Array, struct: Struct): number {
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = struct.content;
  decoding.readVarUint(decoder);
  for (let left = struct.known; left > 0; left -= 1) {
    if (struct.kind === KIND.any) skipAny(decoder);
    else skipString(decoder);
  }
  return decoder.pos;
}
