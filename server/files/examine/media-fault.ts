// What a stored file may be, once it is opened: a photo as our devices draw it (JPEG) or a voice note as browsers record it (WebM,
// Ogg, MP4). Looks at the structure from the first byte to the last and trusts no name and no length in it: what goes on behind
// its end, tells of a place, or is more than a picture or a voice is refused. Decodes nothing; works in time and memory of the order
// of the bytes given.

import { jpegFault } from './jpeg.ts';
import { mp4Fault, oggFault, webmFault } from './sound.ts';

/**
 * `type`: none of the kinds that are taken; `shape`: not whole, or with parts that no device of ours writes; `trailing`: something
 * lies behind its end; `location`: it says where or with what it was made; `size`: larger than any of ours; `unreadable`: not what the
 * key in its row opens.
 */
export type MediaFault = 'type' | 'shape' | 'trailing' | 'location' | 'size' | 'unreadable';

const KINDS: readonly (readonly [at: number, magic: string, faultOf: (bytes: Uint8Array) => MediaFault | null])[] = [
  [0, '\xff\xd8\xff', jpegFault],
  [0, '\x1a\x45\xdf\xa3', webmFault],
  [0, 'OggS', oggFault],
  [4, 'ftyp', mp4Fault],
];

/** What is wrong with these bytes; null where they are a photo or a voice note. Never throws. */
export function mediaFault(bytes: Uint8Array): MediaFault | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const found = KINDS.find(([at, magic]) => head.startsWith(magic, at));
  if (found === undefined) return 'type';
  try {
    return found[2](bytes);
  } catch (error) {
    // Reading past the end: a length in it lied.
    if (error instanceof RangeError) return 'shape';
    throw error;
  }
}
