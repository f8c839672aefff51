// Key pairs to which things are sealed (the practice's, a device's own) and the secret agreed with one: the KEM and the key
// schedule of RFC 9180, base mode, with DHKEM(P-256, HKDF-SHA256). P-256 because every WebCrypto has it, old browsers too.
// Promises that an agreed key is bound to both public keys and to `info`. Does not encrypt: `parcel.ts` does.

import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Ecdh = { readonly name: 'ECDH'; readonly namedCurve: 'P-256' };

/** A WebCrypto key, as far as both sides need to know it: browsers and Node have one each. */
export type KeyHandle = {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
};

declare const crypto: {
  readonly subtle: {
    generateKey(algorithm: Ecdh, extractable: boolean, usages: ['deriveBits']): Promise<GeneratedPair>;
    importKey(
      format: 'raw' | 'pkcs8',
      bytes: Bytes,
      algorithm: Ecdh,
      extractable: boolean,
      usages: 'deriveBits'[],
    ): Promise<KeyHandle>;
    exportKey(format: 'raw' | 'pkcs8', key: KeyHandle): Promise<ArrayBuffer>;
    deriveBits(algorithm: { name: 'ECDH'; public: KeyHandle }, key: KeyHandle, bits: number): Promise<ArrayBuffer>;
  };
};
type GeneratedPair = { readonly publicKey: KeyHandle; readonly privateKey: KeyHandle };

/** The half that opens. `publicKey` is the raw point (65 bytes) in base64url. */
export type OpeningKey = { readonly publicKey: string; readonly privateKey: KeyHandle };
export type SealingKeyPair = OpeningKey & { readonly keyId: string };

/** What two sides agree on: the sender's ephemeral public key (raw) and the key of the session. */
export type AgreedKey = { readonly ephemeralPublicKey: Bytes; readonly key: Uint8Array };

export const PUBLIC_KEY_BYTES = 65;
const P256: Ecdh = { name: 'ECDH', namedCurve: 'P-256' };
const NONE = new Uint8Array(0);
const KEM = Uint8Array.of(...utf8ToBytes('KEM'), 0x00, 0x10);
// KEM 0x0010, KDF 0x0001; XChaCha20-Poly1305 has no number of its own, so one from the end of the unassigned range stands for it.
const SUITE = Uint8Array.of(...utf8ToBytes('HPKE'), 0x00, 0x10, 0x00, 0x01, 0xff, 0xfe);

/** A new key pair whose private half can be exported, to be stored under another key. */
export async function generateSealingKeyPair(): Promise<SealingKeyPair> {
  const pair = await crypto.subtle.generateKey(P256, true, ['deriveBits']);
  const publicKey = bytesToBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return { keyId: sealingKeyId(publicKey), publicKey, privateKey: pair.privateKey };
}

/** A short name of a public key, the same wherever it is worked out: the start of its SHA-256. */
export function sealingKeyId(publicKey: string): string {
  return bytesToBase64url(sha256(utf8ToBytes(publicKey)).subarray(0, 12));
}

/** The private half as PKCS #8 bytes. They are a secret: encrypt before storing. */
export async function exportPrivateKey(privateKey: KeyHandle): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
}

/** The private half from PKCS #8 bytes, not extractable any more. Throws where the bytes are no P-256 key. */
export async function importPrivateKey(pkcs8: Uint8Array): Promise<KeyHandle> {
  return crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), P256, false, ['deriveBits']);
}

/** Agrees a key with the holder of `publicKey`, from a fresh ephemeral pair. Throws where it is no point of P-256. */
export async function agreeAsSender(publicKey: string, info: Uint8Array): Promise<AgreedKey> {
  const recipient = base64urlToBytes(publicKey);
  if (recipient === null) throw new Error('The public key to seal to is not base64url');
  const imported = await crypto.subtle.importKey('raw', recipient, P256, true, []);
  const ephemeral = await crypto.subtle.generateKey(P256, false, ['deriveBits']);
  const ephemeralPublicKey = new Uint8Array(await crypto.subtle.exportKey('raw', ephemeral.publicKey));
  const shared = await sharedSecret({
    privateKey: ephemeral.privateKey,
    peer: imported,
    ephemeralPublicKey,
    recipient,
  });
  return { ephemeralPublicKey, key: sessionKey(shared, info) };
}

/** The key the sender agreed, or null where `ephemeralPublicKey` is no point of P-256. */
export async function agreeAsRecipient(
  own: OpeningKey,
  ephemeralPublicKey: Bytes,
  info: Uint8Array,
): Promise<Uint8Array | null> {
  const shared = await decapsulate(own, ephemeralPublicKey);
  return shared === null ? null : sessionKey(shared, info);
}

/** RFC 9180's Decap: the KEM's shared secret (32 bytes), or null where `ephemeralPublicKey` is no point of P-256. */
export async function decapsulate(own: OpeningKey, ephemeralPublicKey: Bytes): Promise<Uint8Array | null> {
  const recipient = base64urlToBytes(own.publicKey);
  if (recipient === null) throw new Error('The public key of a pair is not base64url');
  const peer = await pointOrNull(ephemeralPublicKey);
  return peer && sharedSecret({ privateKey: own.privateKey, peer, ephemeralPublicKey, recipient });
}

async function pointOrNull(raw: Bytes): Promise<KeyHandle | null> {
  // A compressed point is another spelling of the same key.
  if (raw.length !== PUBLIC_KEY_BYTES || raw[0] !== 4) return null;
  return crypto.subtle.importKey('raw', raw, P256, true, []).catch(() => null);
}

type Exchange = { privateKey: KeyHandle; peer: KeyHandle; ephemeralPublicKey: Bytes; recipient: Bytes };

async function sharedSecret({ privateKey, peer, ephemeralPublicKey, recipient }: Exchange): Promise<Uint8Array> {
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256));
  const prk = labeledExtract(KEM, { salt: NONE, label: 'eae_prk', input: dh });
  return labeledExpand(KEM, { prk, label: 'shared_secret', info: concatBytes(ephemeralPublicKey, recipient) });
}

function sessionKey(shared: Uint8Array, info: Uint8Array): Uint8Array {
  const pskIdHash = labeledExtract(SUITE, { salt: NONE, label: 'psk_id_hash', input: NONE });
  const infoHash = labeledExtract(SUITE, { salt: NONE, label: 'info_hash', input: info });
  const prk = labeledExtract(SUITE, { salt: shared, label: 'secret', input: NONE });
  return labeledExpand(SUITE, { prk, label: 'key', info: concatBytes(Uint8Array.of(0), pskIdHash, infoHash) });
}

function labeledExtract(suite: Uint8Array, from: { salt: Uint8Array; label: string; input: Uint8Array }): Uint8Array {
  return extract(sha256, concatBytes(utf8ToBytes('HPKE-v1'), suite, utf8ToBytes(from.label), from.input), from.salt);
}

function labeledExpand(suite: Uint8Array, from: { prk: Uint8Array; label: string; info: Uint8Array }): Uint8Array {
  const head = concatBytes(Uint8Array.of(0, 32), utf8ToBytes('HPKE-v1'), suite, utf8ToBytes(from.label));
  return expand(sha256, from.prk, concatBytes(head, from.info), 32);
}
