// An update as it came, taken apart without a document: Yjs' own decoder would create a root for each name it reads. Every
// count is compared with the bytes that are left before anything is allocated. Content is stepped over, not decoded: most of
// what a copy sends when it joins is known.

import * as decoding from 'lib0/decoding';
import { MOST_BYTES, MOST_RANGES, MOST_READ } from './limits.ts';
import { readByte, readCount, readString, readUint, skipAny, skipString } from './read-json.ts';
import { Refused } from './refused.ts';
import { Struct } from './struct.ts';
import type { Id } from './struct.ts';

const [HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_KEY, KIND] = [0x80, 0x40, 0x20, 0x1f];

/** A stretch of one client's clock, its end not included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Update {
  readonly bytes: Uint8Array;
  /** By client, gapless from the first on. */
  readonly structs: ReadonlyMap<number, readonly Struct[]>;
  /** By client, as they came. */
  readonly deletes: ReadonlyMap<number, readonly Range[]>;
}

/** Takes an update of at most so many clients apart; throws `Refused` or whatever a decoder throws. */
export function readUpdate(bytes: Uint8Array, mostClients: number): Update {
  if (bytes.length > MOST_BYTES) throw new Refused('too-large');
  const decoder = decoding.createDecoder(bytes);
  const structs = new Map<number, Struct[]>();
  const clients = readCount(decoder);
  if (clients > mostClients) throw new Refused('too-large');
  let total = 0;
  for (let left = clients; left > 0; left -= 1) {
    const count = readCount(decoder);
    total += count;
    if (total > MOST_READ) throw new Refused('too-large');
    const client = readUint(decoder);
    // Of two sections of one client Yjs keeps the later.
    if (structs.has(client)) throw new Refused('unreadable');
    structs.set(client, readSection(decoder, client, count));
  }
  const deletes = readDeletes(decoder);
  if (decoder.pos !== bytes.length) throw new Refused('unreadable');
  return { bytes, structs, deletes };
}

function readSection(decoder: decoding.Decoder, client: number, count: number): Struct[] {
  const structs: Struct[] = [];
  let clock = readUint(decoder);
  for (let left = count; left > 0; left -= 1) {
    const struct = readStruct(decoder, client, clock);
    structs.push(struct);
    clock += struct.length;
    if (struct.length < 1 || !Number.isSafeInteger(clock)) throw new Refused('unreadable');
  }
  return structs;
}

function readStruct(decoder: decoding.Decoder, client: number, clock: number): Struct {
  const struct = new Struct(client, clock, decoder.pos);
  const info = readByte(decoder);
  struct.kind = info & KIND;
  if (struct.kind === 0 || struct.kind === 10) {
    struct.length = readUint(decoder);
  } else {
    if ((info & HAS_ORIGIN) !== 0) struct.origin = readId(decoder);
    if ((info & HAS_RIGHT_ORIGIN) !== 0) struct.rightOrigin = readId(decoder);
    if (struct.origin === null && struct.rightOrigin === null) readParent(decoder, struct, info);
    struct.content = decoder.pos;
    struct.length = skipContent(decoder, struct);
  }
  struct.end = decoder.pos;
  if (struct.end > decoder.arr.length) throw new Refused('unreadable');
  return struct;
}

function readId(decoder: decoding.Decoder): Id {
  return { client: readUint(decoder), clock: readUint(decoder) };
}

function readParent(decoder: decoding.Decoder, struct: Struct, info: number): void {
  if (decoding.readVarUint(decoder) === 1) struct.parentRoot = readString(decoder);
  else struct.parentId = readId(decoder);
  if ((info & HAS_KEY) !== 0) struct.key = readString(decoder);
}

/** Steps over the content; how many clock ticks it is. */
function skipContent(decoder: decoding.Decoder, struct: Struct): number {
  switch (struct.kind) {
    case 1:
      return readUint(decoder);
    case 2:
      return skipEach(decoder, skipString);
    case 4:
      return readString(decoder).length;
    case 6:
      skipString(decoder);
      skipString(decoder);
      return 1;
    case 7: {
      const type = readUint(decoder);
      if (type > 6) throw new Refused('unreadable');
      if (type === 3 || type === 5) skipString(decoder);
      return 1;
    }
    case 8:
      return skipEach(decoder, skipAny);
    case 3: // bytes
    case 5: // an embedded object
    case 9: // another document
      throw new Refused('not-allowed');
    default:
      throw new Refused('unreadable');
  }
}

function skipEach(decoder: decoding.Decoder, skip: (decoder: decoding.Decoder) => void): number {
  const count = readCount(decoder);
  for (let left = count; left > 0; left -= 1) skip(decoder);
  return count;
}

function readDeletes(decoder: decoding.Decoder): Map<number, Range[]> {
  const deletes = new Map<number, Range[]>();
  let ranges = 0;
  for (let clients = readCount(decoder); clients > 0; clients -= 1) {
    const client = readUint(decoder);
    const count = readCount(decoder);
    ranges += count;
    if (ranges > MOST_RANGES) throw new Refused('too-large');
    const list = deletes.get(client) ?? [];
    for (let left = count; left > 0; left -= 1) {
      const from = readUint(decoder);
      const to = from + readUint(decoder);
      if (!Number.isSafeInteger(to)) throw new Refused('unreadable');
      if (to > from) list.push({ from, to });
    }
    if (list.length > 0) deletes.set(client, list);
  }
  return deletes;
}
