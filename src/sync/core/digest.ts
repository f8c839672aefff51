// The digest by which a device and the server find out cheaply that their lists of spaces differ.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SpaceGrant } from './run.ts';

/** First 32 hex digits of SHA-256 over the sorted lines `space hash\n`. */
export function digestOfSpaces(spaces: readonly SpaceGrant[]): string {
  const lines = spaces.map(({ space, hash }) => `${space} ${hash}\n`).sort();
  return bytesToHex(sha256(utf8ToBytes(lines.join('')))).slice(0, 32);
}
