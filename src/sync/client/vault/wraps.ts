// Wraps: the data key sealed under a key that a person can bring back, by password or by passkey. Promises that a wrap opens only
// whole, and that a wrong password is an answer, not an error. Does not store wraps, ask for passwords, or know the network.

import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { bytesToBase64url } from '../../../base/base64url.ts';
import { ARGON_COST, SALT_BYTES } from './argon-derive.ts';
import type { ArgonCost, DeriveKey } from './argon-derive.ts';
import { KEY_BYTES, openUnder, sealUnder } from './keys.ts';

const bytes = z.instanceof(Uint8Array);

const passwordWrap = z.object({
  kind: z.literal('password'),
  salt: bytes,
  // Bounds, since what lies on the disk may have been changed: a wrap must not be able to hang the device that tries it.
  memoryKib: z.int().check(z.gte(8), z.lte(1024 * 1024)),
  passes: z.int().check(z.gte(1), z.lte(64)),
  sealed: bytes,
});
const passkeyWrap = z.object({ kind: z.literal('passkey'), credentialId: bytes, salt: bytes, sealed: bytes });

/** The stored form, with bytes as they lie in IndexedDB. */
export const wrappedKey = z.discriminatedUnion('kind', [passwordWrap, passkeyWrap]);
export type PasswordWrap = z.infer<typeof passwordWrap>;
export type PasskeyWrap = z.infer<typeof passkeyWrap>;
export type WrappedKey = z.infer<typeof wrappedKey>;

/** `wrong` says that the password or the passkey is not the one, or that the wrap was changed: the two look the same. */
export type Unwrapped = { readonly status: 'open'; readonly dataKey: Uint8Array } | { readonly status: 'wrong' };

/** What a passkey gave (`passkey.ts`): which one, asked with which salt, and the key from it. */
export type PasskeyKek = { readonly credentialId: Uint8Array; readonly salt: Uint8Array; readonly kek: Uint8Array };

type Derivation = { readonly password: string; readonly derive: DeriveKey };

/** Seals the data key under a password, with a fresh salt. Rejects as `derive` does; an empty password throws. */
export async function wrapWithPassword(
  dataKey: Uint8Array,
  { password, derive, cost = ARGON_COST }: Derivation & { readonly cost?: ArgonCost },
): Promise<PasswordWrap> {
  const { memoryKib, passes } = cost;
  const open = { kind: 'password' as const, salt: randomBytes(SALT_BYTES), memoryKib, passes };
  const kek = await derive({ ...open, password });
  return { ...open, sealed: sealAndForget(kek, open, dataKey) };
}

/** Opens a wrap by password. Rejects as `derive` does. */
export async function unwrapWithPassword(wrap: PasswordWrap, { password, derive }: Derivation): Promise<Unwrapped> {
  if (password === '') return { status: 'wrong' };
  const { salt, memoryKib, passes } = wrap;
  return openAndForget(await derive({ password, salt, memoryKib, passes }), wrap);
}

/** Seals the data key under the key that a passkey gave. Wipes `kek`. */
export function wrapWithPasskey(dataKey: Uint8Array, { credentialId, salt, kek }: PasskeyKek): PasskeyWrap {
  const open = { kind: 'passkey' as const, credentialId: new Uint8Array(credentialId), salt: new Uint8Array(salt) };
  return { ...open, sealed: sealAndForget(kek, open, dataKey) };
}

/** Opens a wrap by the key that its passkey gave for its salt. Wipes `kek`. */
export function unwrapWithPasskey(wrap: PasskeyWrap, kek: Uint8Array): Unwrapped {
  return openAndForget(kek, wrap);
}

type Opening = Omit<PasswordWrap, 'sealed'> | Omit<PasskeyWrap, 'sealed'>;

function sealAndForget(kek: Uint8Array, opening: Opening, dataKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (dataKey.length !== KEY_BYTES) throw new Error('A data key has 32 bytes');
  const sealed = sealUnder(kek, contextOf(opening), dataKey);
  kek.fill(0);
  return sealed;
}

function openAndForget(kek: Uint8Array, wrap: WrappedKey): Unwrapped {
  const dataKey = openUnder(kek, contextOf(wrap), wrap.sealed);
  kek.fill(0);
  return dataKey === null ? { status: 'wrong' } : { status: 'open', dataKey };
}

/** All that lies beside the sealed key is bound to it, so that nobody lowers the cost of a wrap and passes it on. */
function contextOf(opening: Opening): Uint8Array {
  const parts =
    opening.kind === 'password' ? [opening.memoryKib, opening.passes] : [bytesToBase64url(opening.credentialId)];
  return utf8ToBytes(JSON.stringify(['wrap', opening.kind, bytesToBase64url(opening.salt), ...parts]));
}
