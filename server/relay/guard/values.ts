// The values of one struct, decoded: of the part that is new.

import * as decoding from 'lib0/decoding';
import type { Json } from '../../../src/base/json.ts';
import { parseText, readAny, readString } from './read-json.ts';
import { KIND } from './struct.ts';
import type { Struct } from './struct.ts';
import { startOfRest } from './write-update.ts';

/** As JSON no letter takes more than six times its bytes here, and no number either. */
const MOST_TIMES = 6;

/** Gives each new value of a struct that holds plain JSON to `take`, with whether it is longer than so many bytes, as JSON. */
export function eachValue(
  bytes: Uint8Array,
  struct: Struct,
  { most, take }: { most: number; take: (value: Json, isLonger: boolean) => void },
): void {
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = startOfRest(bytes, struct);
  for (let left = struct.length; left > 0; left -= 1) {
    const from = decoder.pos;
    const value = struct.kind === KIND.any ? readAny(decoder) : parseText(readString(decoder));
    const isShort = (decoder.pos - from) * MOST_TIMES <= most;
    take(value, !isShort && Buffer.byteLength(JSON.stringify(value)) > most);
  }
}
