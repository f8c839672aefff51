// The values of one struct, decoded: of the part that is new.

import * as decoding from 'lib0/decoding';
import type { Json } from '../../../src/base/json.ts';
import { parseText, readAny, readString } from './read-json.ts';
import { KIND } from './struct.ts';
import type { Struct } from './struct.ts';
import { startOfRest } from './write-update.ts';

/** As JSON no letter takes more than six times its bytes here, and no number either. */
const MOST_TIMES = 6;

export interface Value {
  readonly value: Json;
  /** Whether it is longer than so many bytes, as JSON. */
  isLonger(bytes: number): boolean;
}

/** Each new value of a struct that holds plain JSON. */
export function* valuesOf(bytes: Uint8Array, struct: Struct): Generator<Value> {
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = startOfRest(bytes, struct);
  for (let left = struct.length; left > 0; left -= 1) {
    const from = decoder.pos;
    const value = struct.kind === KIND.any ? readAny(decoder) : parseText(readString(decoder));
    const raw = decoder.pos - from;
    const isLonger = (most: number) => raw * MOST_TIMES > most && Buffer.byteLength(JSON.stringify(value)) > most;
    yield { value, isLonger };
  }
}
