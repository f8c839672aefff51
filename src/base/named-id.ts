// Ids that come from a name: whoever makes one for the same thing, on whichever device and without asking anyone, makes the same.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uuidOf } from './ids.ts';

/** The id of what has this name. */
export function namedId(name: string): string {
  return uuidOf(sha256(utf8ToBytes(name)));
}
