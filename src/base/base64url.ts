// Bytes as URL-safe text (RFC 4648, section 5, without padding), in code that has neither a DOM nor Node.

import { must } from './must.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]));

/** The bytes as base64url text without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k <= left; k++) letters.push(must(ALPHABET[(word >> (18 - 6 * k)) & 63], 'a letter'));
  }
  return letters.join('');
}

/** The bytes of base64url text, or null where it is not the one way to write them. */
export function base64urlToBytes(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (word >> bits) & 0xff;
  }
  // Bits left over must be zero: two texts for the same bytes would be two names for one key.
  return (word & ((1 << bits) - 1)) === 0 ? bytes : null;
}
