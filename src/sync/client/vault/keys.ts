// The keys of one person's store on one device, all grown from its data key: records, tokens of enums, the device's private half.
// Promises that a sealed record opens only at the place it was sealed for, and that everything here that seals or opens is
// synchronous (IndexedDB commits a transaction that awaits anything else). Does not store keys, nor know how they are unlocked.

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64url } from '../../../base/base64url.ts';
import { exportPrivateKey, generateSealingKeyPair, importPrivateKey } from '../../core/sealing-key.ts';
import type { SealingKeyPair } from '../../core/sealing-key.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The keys of an unlocked store. Held in memory only, and gone with the page. */
export type VaultKeys = { readonly records: Uint8Array; readonly enums: Uint8Array; readonly device: Uint8Array };

/** Where a record lies, in the clear; it opens nowhere else. `schema` is the version of the shape of what is in it. */
export type RecordPlace = { readonly store: string; readonly id: string; readonly schema: number };

/** A device's key pair at rest: quick entries are sealed to it while the store is locked. */
export type SealedDeviceKey = { readonly keyId: string; readonly publicKey: string; readonly sealedPrivateKey: Bytes };

/** A record that does not open at its place: changed, exchanged, of another key, or sealed by a later version of the program. */
export class RecordTampered extends Error {
  override readonly name = 'RecordTampered';
  readonly place: RecordPlace;
  readonly reason: 'unknown-version' | 'does-not-open';

  constructor(place: RecordPlace, reason: RecordTampered['reason']) {
    super(`A record of ${place.store} does not open: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

export const KEY_BYTES = 32;
const VERSION = 1;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const TOKEN_BYTES = 16;

/** A new random data key (32 bytes). */
export function generateDataKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** Grows the keys from the data key, which is itself used for nothing else. */
export function vaultKeysOf(dataKey: Uint8Array): VaultKeys {
  if (dataKey.length !== KEY_BYTES) throw new Error('A data key has 32 bytes');
  const grow = (use: string): Uint8Array => expand(sha256, dataKey, utf8ToBytes(`interlude vault 1|${use}`), KEY_BYTES);
  return { records: grow('records'), enums: grow('enums'), device: grow('device') };
}

/** Seals a record for its place: version (1 byte), nonce (24), ciphertext and tag (16). */
export function sealRecord(keys: VaultKeys, place: RecordPlace, plaintext: Uint8Array): Bytes {
  return sealUnder(keys.records, placeBytes(place), plaintext);
}

/** The plaintext of a record sealed for this place. Throws `RecordTampered`. */
export function openRecord(keys: VaultKeys, place: RecordPlace, sealed: Uint8Array): Uint8Array {
  if (sealed[0] !== VERSION && sealed.length > 0) throw new RecordTampered(place, 'unknown-version');
  const plaintext = openUnder(keys.records, placeBytes(place), sealed);
  if (plaintext === null) throw new RecordTampered(place, 'does-not-open');
  return plaintext;
}

/** A token by which a value of a short list can be indexed and asked for; without the keys it says nothing of the value. */
export function enumToken(keys: VaultKeys, of: { readonly field: string; readonly value: string }): string {
  const mac = hmac(sha256, keys.enums, utf8ToBytes(JSON.stringify([of.field, of.value])));
  return bytesToBase64url(mac.subarray(0, TOKEN_BYTES));
}

/** Makes the device's key pair; its private half is returned only sealed. */
export async function createDeviceKey(keys: VaultKeys): Promise<SealedDeviceKey> {
  const { keyId, publicKey, privateKey } = await generateSealingKeyPair();
  const pkcs8 = await exportPrivateKey(privateKey);
  const sealedPrivateKey = sealUnder(keys.device, deviceBytes({ keyId, publicKey }), pkcs8);
  pkcs8.fill(0);
  return { keyId, publicKey, sealedPrivateKey };
}

/** The device's key pair, able to open; null where it does not open under these keys. */
export async function openDeviceKey(keys: VaultKeys, sealed: SealedDeviceKey): Promise<SealingKeyPair | null> {
  const { keyId, publicKey, sealedPrivateKey } = sealed;
  const pkcs8 = openUnder(keys.device, deviceBytes(sealed), sealedPrivateKey);
  if (pkcs8 === null) return null;
  const privateKey = await importPrivateKey(pkcs8);
  pkcs8.fill(0);
  return { keyId, publicKey, privateKey };
}

/** Seals under a key, bound to a context: version, random nonce, ciphertext and tag. */
export function sealUnder(key: Uint8Array, context: Uint8Array, plaintext: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_BYTES);
  return concatBytes(Uint8Array.of(VERSION), nonce, xchacha20poly1305(key, nonce, context).encrypt(plaintext));
}

/** What was sealed under this key and context, or null. */
export function openUnder(key: Uint8Array, context: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) return null;
  const cipher = xchacha20poly1305(key, sealed.subarray(1, 1 + NONCE_BYTES), context);
  try {
    return cipher.decrypt(sealed.subarray(1 + NONCE_BYTES));
  } catch {
    return null;
  }
}

/** An array, not text with a separator: an id may hold any letter. */
function placeBytes({ store, id, schema }: RecordPlace): Uint8Array {
  return utf8ToBytes(JSON.stringify([store, id, schema]));
}

function deviceBytes({ keyId, publicKey }: { readonly keyId: string; readonly publicKey: string }): Uint8Array {
  return utf8ToBytes(JSON.stringify(['device-key', keyId, publicKey]));
}
