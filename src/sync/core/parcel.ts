// Parcels: something sealed to a public key, so that it may wait, travel and be handed on by those who cannot read it. Promises
// that only the holder of the private half reads it, and that neither it nor its plain header can be changed or exchanged.
// Does not prove who wrote it: anyone can seal to a public key; the session that delivers it speaks for its author.
//
// Bytes, version 1:  "ILP" | version (1) | length of key id (1) | key id (ASCII) | ephemeral public key (65, raw P-256)
//                    | nonce (24) | ciphertext and tag (XChaCha20-Poly1305, tag 16)
// Key: RFC 9180 base mode (`sealing-key.ts`), info = `INFO` and the key id. Authenticated data: `[user, device, n, mid, kind]`
// as JSON in UTF-8. The ephemeral key is one per session, the nonce random per parcel.

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { agreeAsRecipient, agreeAsSender, PUBLIC_KEY_BYTES } from './sealing-key.ts';
import type { OpeningKey } from './sealing-key.ts';

/** What may be read without the key: whose it is, from which device, its place in the queue, and of what kind. */
export type SealedHeader = {
  readonly user: string;
  readonly device: string;
  readonly n: number;
  readonly mid: string;
  readonly kind: string;
};

export type SealingSession = {
  readonly keyId: string;
  /** Synchronous, so that it may run inside an IndexedDB transaction. Throws where `n` is not a whole number. */
  seal(header: SealedHeader, plaintext: Uint8Array): Uint8Array<ArrayBuffer>;
};

export type ParcelFailure = 'not-a-parcel' | 'unknown-version' | 'unknown-key' | 'tampered';
export type OpenedParcel =
  | { readonly status: 'opened'; readonly plaintext: Uint8Array }
  | { readonly status: 'failed'; readonly reason: ParcelFailure };

/** Finds the private half of a key by its id; undefined where it is not held. */
export type PrivateKeyFor = (keyId: string) => OpeningKey | undefined | Promise<OpeningKey | undefined>;

type SealedBytes = { readonly header: SealedHeader; readonly bytes: Uint8Array };
type Layout = { keyId: string; ephemeral: Uint8Array<ArrayBuffer>; nonce: Uint8Array; ciphertext: Uint8Array };

const MAGIC = utf8ToBytes('ILP');
const VERSION = 1;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const KEY_ID = /^[\w-]{1,64}$/;
const INFO = 'interlude parcel 1';

/** Agrees one key with the recipient; everything sealed in the session is under it. Throws where the public key is none. */
export async function openSealingSession(recipient: { keyId: string; publicKey: string }): Promise<SealingSession> {
  const { keyId, publicKey } = recipient;
  if (!KEY_ID.test(keyId)) throw new Error('A key id is 1 to 64 letters, digits, _ or -');
  const { key, ephemeralPublicKey } = await agreeAsSender(publicKey, infoOf(keyId));
  const start = concatBytes(MAGIC, Uint8Array.of(VERSION, keyId.length), utf8ToBytes(keyId), ephemeralPublicKey);
  const seal: SealingSession['seal'] = (header, plaintext) => {
    if (!Number.isSafeInteger(header.n)) throw new Error('The number of a parcel must be whole');
    const nonce = randomBytes(NONCE_BYTES);
    return concatBytes(start, nonce, xchacha20poly1305(key, nonce, authenticated(header)).encrypt(plaintext));
  };
  return { keyId, seal };
}

/** Opens one parcel. Never throws over what is in it; throws what `privateKeyFor` throws. */
export async function openParcel(
  parcel: SealedBytes & { readonly privateKeyFor: PrivateKeyFor },
): Promise<OpenedParcel> {
  return parcelOpener(parcel.privateKeyFor)(parcel);
}

/**
 * Opens many parcels and works out each session's key once. Remembers keys, also of hostile parcels, as long as it lives:
 * make one for a batch, not for a server's life.
 */
export function parcelOpener(privateKeyFor: PrivateKeyFor): (parcel: SealedBytes) => Promise<OpenedParcel> {
  const keyBySession = new Map<string, Promise<Uint8Array | ParcelFailure>>();
  return async ({ header, bytes }) => {
    const layout = read(bytes);
    if (typeof layout === 'string') return { status: 'failed', reason: layout };
    const session = `${layout.keyId} ${layout.ephemeral.join()}`;
    const pending = keyBySession.get(session) ?? sessionKey(layout, privateKeyFor);
    keyBySession.set(session, pending);
    const key = await pending;
    if (typeof key === 'string') return { status: 'failed', reason: key };
    const plaintext = decrypt(key, layout, header);
    return plaintext === null ? { status: 'failed', reason: 'tampered' } : { status: 'opened', plaintext };
  };
}

async function sessionKey(layout: Layout, privateKeyFor: PrivateKeyFor): Promise<Uint8Array | ParcelFailure> {
  const own = await privateKeyFor(layout.keyId);
  if (own === undefined) return 'unknown-key';
  return (await agreeAsRecipient(own, layout.ephemeral, infoOf(layout.keyId))) ?? 'tampered';
}

function decrypt(key: Uint8Array, layout: Layout, header: SealedHeader): Uint8Array | null {
  const cipher = xchacha20poly1305(key, layout.nonce, authenticated(header));
  try {
    return cipher.decrypt(layout.ciphertext);
  } catch {
    return null;
  }
}

function read(bytes: Uint8Array): Layout | ParcelFailure {
  if (MAGIC.some((byte, i) => bytes[i] !== byte) || bytes.length < MAGIC.length + 2) return 'not-a-parcel';
  if (bytes[MAGIC.length] !== VERSION) return 'unknown-version';
  const keyIdAt = MAGIC.length + 2;
  const ephemeralAt = keyIdAt + (bytes[MAGIC.length + 1] ?? 0);
  const nonceAt = ephemeralAt + PUBLIC_KEY_BYTES;
  const ciphertextAt = nonceAt + NONCE_BYTES;
  const keyId = String.fromCharCode(...bytes.subarray(keyIdAt, ephemeralAt));
  if (!KEY_ID.test(keyId) || bytes.length < ciphertextAt + TAG_BYTES) return 'not-a-parcel';
  return {
    keyId,
    ephemeral: new Uint8Array(bytes.subarray(ephemeralAt, nonceAt)),
    nonce: bytes.subarray(nonceAt, ciphertextAt),
    ciphertext: bytes.subarray(ciphertextAt),
  };
}

function infoOf(keyId: string): Uint8Array {
  return utf8ToBytes(`${INFO}|${keyId}`);
}

/** An array, not an object: the order of keys cannot differ, and no field can run into the next. */
function authenticated(header: SealedHeader): Uint8Array {
  return utf8ToBytes(JSON.stringify([header.user, header.device, header.n, header.mid, header.kind]));
}
