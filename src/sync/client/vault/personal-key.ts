// A key that is a person's alone: what is sealed under it, the server keeps and cannot open. Unlike the data key, which is of one
// device, it goes to all devices of its person, wrapped by what she can bring: the password, a recovery code, another key of hers.
// Promises that sealed bytes open only at the place they were sealed for, and that a wrap opens only whole, for its owner and
// key. Does not keep keys or wraps, nor ask for passwords.

import { expand, hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlToBytes, bytesToBase64url } from '../../../base/base64url.ts';
import { newId, uuidOf } from '../../../base/ids.ts';
import { ARGON_COST, SALT_BYTES } from './argon-derive.ts';
import type { ArgonCost, DeriveKey } from './argon-derive.ts';
import { KEY_BYTES, openUnder, sealUnder } from './keys.ts';

/** The key under its id, which rows name; ids grow with the time of making. */
export interface PersonalKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** Whose key, and which: bound to every wrap. */
export interface KeyName {
  readonly owner: string;
  readonly key: string;
}

/** A wrap as it lies in a row: bytes as base64url. Whoever has the row learns nothing but which of the three opens it. */
export type PersonalWrap =
  | {
      readonly kind: 'password';
      readonly salt: string;
      readonly memoryKib: number;
      readonly passes: number;
      readonly sealed: string;
    }
  | { readonly kind: 'code'; readonly salt: string; readonly sealed: string }
  | { readonly kind: 'key'; readonly by: string; readonly sealed: string };

type Unsealed<W extends PersonalWrap = PersonalWrap> = W extends PersonalWrap ? Omit<W, 'sealed'> : never;

/** A new random key (32 bytes). */
export function newPersonalKey(): PersonalKey {
  return { id: newId(), secret: randomBytes(KEY_BYTES) };
}

/** Seals for a place, named by as many words as it takes; base64url text. */
export function sealPersonal(key: PersonalKey, place: readonly string[], plain: Uint8Array): string {
  return bytesToBase64url(sealUnder(grow(key, 'records'), placeBytes(key, place), plain));
}

/** What was sealed for this place under this key, or null. */
export function openPersonal(key: PersonalKey, place: readonly string[], sealed: string): Uint8Array | null {
  const bytes = base64urlToBytes(sealed);
  return bytes && openUnder(grow(key, 'records'), placeBytes(key, place), bytes);
}

/** An id for a word, the same on every device that has the key, and telling nothing without it. */
export function personalId(key: PersonalKey, word: string): string {
  return uuidOf(hmac(sha256, grow(key, 'ids'), utf8ToBytes(word)));
}

type ByPassword = { readonly password: string; readonly derive: DeriveKey };

/** Wraps by a password, with a fresh salt. Rejects as `derive` does; an empty password throws. */
export async function wrapByPassword(
  key: PersonalKey,
  owner: string,
  { password, derive, cost = ARGON_COST }: ByPassword & { readonly cost?: ArgonCost },
): Promise<PersonalWrap> {
  const salt = randomBytes(SALT_BYTES);
  const { memoryKib, passes } = cost;
  const kek = await derive({ password, salt, memoryKib, passes });
  return sealed(key, owner, { kek, how: { kind: 'password', salt: bytesToBase64url(salt), memoryKib, passes } });
}

/** Wraps by a recovery code, whole and without spaces (`recovery-code.ts`). It is too long to be guessed, so no slow hash is needed. */
export function wrapByCode(key: PersonalKey, owner: string, code: string): PersonalWrap {
  const salt = randomBytes(SALT_BYTES);
  return sealed(key, owner, { kek: kekOfCode(code, salt), how: { kind: 'code', salt: bytesToBase64url(salt) } });
}

/** Wraps by another key of the same person: who has that one has this one too. */
export function wrapByKey(key: PersonalKey, owner: string, by: PersonalKey): PersonalWrap {
  return sealed(key, owner, { kek: grow(by, 'wraps'), how: { kind: 'key', by: by.id } });
}

/** Opens a wrap by password; null where it is not the one, or the wrap was changed. Rejects as `derive` does. */
export async function openByPassword(
  wrap: PersonalWrap,
  name: KeyName,
  { password, derive }: ByPassword,
): Promise<PersonalKey | null> {
  if (wrap.kind !== 'password' || password === '') return null;
  const salt = base64urlToBytes(wrap.salt);
  if (salt === null) return null;
  const { memoryKib, passes } = wrap;
  return opened(wrap, name, await derive({ password, salt, memoryKib, passes }));
}

/** The same by recovery code. */
export function openByCode(wrap: PersonalWrap, name: KeyName, code: string): PersonalKey | null {
  const salt = wrap.kind === 'code' ? base64urlToBytes(wrap.salt) : null;
  return salt && opened(wrap, name, kekOfCode(code, salt));
}

/** The same by another key. */
export function openByKey(wrap: PersonalWrap, name: KeyName, by: PersonalKey): PersonalKey | null {
  return wrap.kind === 'key' && wrap.by === by.id ? opened(wrap, name, grow(by, 'wraps')) : null;
}

function sealed(
  { id, secret }: PersonalKey,
  owner: string,
  { kek, how }: { kek: Uint8Array; how: Unsealed },
): PersonalWrap {
  if (secret.length !== KEY_BYTES) throw new Error('A personal key has 32 bytes');
  const bytes = sealUnder(kek, wrapBytes({ owner, key: id }, how), secret);
  kek.fill(0);
  return { ...how, sealed: bytesToBase64url(bytes) };
}

function opened(wrap: PersonalWrap, name: KeyName, kek: Uint8Array): PersonalKey | null {
  const bytes = base64urlToBytes(wrap.sealed);
  const secret = bytes && openUnder(kek, wrapBytes(name, wrap), bytes);
  kek.fill(0);
  return secret?.length === KEY_BYTES ? { id: name.key, secret } : null;
}

/** All that lies beside the sealed key is bound to it: whose and which it is, and what it costs to open it. */
function wrapBytes({ owner, key }: KeyName, how: Unsealed): Uint8Array {
  const { kind } = how;
  const more = kind === 'password' ? [how.salt, how.memoryKib, how.passes] : [kind === 'code' ? how.salt : how.by];
  return utf8ToBytes(JSON.stringify(['personal wrap 1', owner, key, kind, ...more]));
}

function placeBytes({ id }: PersonalKey, place: readonly string[]): Uint8Array {
  return utf8ToBytes(JSON.stringify(['personal 1', id, ...place]));
}

function kekOfCode(code: string, salt: Uint8Array): Uint8Array {
  return hkdf(sha256, utf8ToBytes(code), salt, utf8ToBytes('interlude personal 1|code'), KEY_BYTES);
}

function grow({ secret }: PersonalKey, use: 'records' | 'ids' | 'wraps'): Uint8Array {
  return expand(sha256, secret, utf8ToBytes(`interlude personal 1|${use}`), KEY_BYTES);
}
