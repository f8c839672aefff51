// The recovery code: what a person writes down to bring a key back without any device or password. 130 random bits as 26 letters and
// digits, and two more that are computed from them, so that a slip of the pen is told from a wrong code. Knows no key.

import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Crockford's base 32: without I, L, O and U, which are taken for others or make words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LOOK_ALIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };
const SECRET_LETTERS = 26;
const CHECK_LETTERS = 2;
const GROUP = 4;

export const CODE_GROUPS = (SECRET_LETTERS + CHECK_LETTERS) / GROUP;

/** A new code, its letters and digits without anything between them. */
export function newRecoveryCode(): string {
  const secret = Array.from(randomBytes(SECRET_LETTERS), (byte) => ALPHABET[byte & 31]).join('');
  return secret + checkOf(secret);
}

/** The code in groups of four, as it is shown and written down. */
export function groupsOfCode(code: string): string[] {
  return Array.from({ length: CODE_GROUPS }, (_, i) => code.slice(i * GROUP, (i + 1) * GROUP));
}

/** The code that was typed, however it was spaced, in either case and with look-alikes; null where it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = lettersOfCode(typed);
  if (code.length !== SECRET_LETTERS + CHECK_LETTERS) return null;
  const secret = code.slice(0, SECRET_LETTERS);
  return Array.from(code).every((letter) => ALPHABET.includes(letter)) && code === secret + checkOf(secret)
    ? code
    : null;
}

/** Typed letters as a code has them: without what stands between, in capitals, look-alikes and Arabic digits as what they stand for. */
export function lettersOfCode(typed: string): string {
  const latin = typed
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .toUpperCase();
  return Array.from(latin.replace(/[^0-9A-Z]/g, ''), (letter) => LOOK_ALIKE[letter] ?? letter).join('');
}

function checkOf(secret: string): string {
  const [a = 0, b = 0] = sha256(utf8ToBytes(`interlude recovery code 1|${secret}`));
  return `${ALPHABET[a & 31]}${ALPHABET[b & 31]}`;
}
