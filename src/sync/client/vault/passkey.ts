// Unlocking by passkey: a key that only this person's authenticator gives back, after it has verified the person (WebAuthn PRF).
// The server takes no part, and none is needed: nobody is signed in here. What proves the person is that the key opens the wrap,
// so a challenge nobody checks and an attestation nobody reads cost nothing. Promises a typed outcome for every refusal.

import { expand } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { KEY_BYTES } from './keys.ts';
import type { PasskeyKek } from './wraps.ts';

/** `supported`: this device's own authenticator should do. `unknown`: only trying, perhaps with a key of its own, will tell. */
export type PasskeySupport = 'supported' | 'unknown' | 'unsupported';

/** `cancelled`: the person, or the system for them, said no; asking again may do. */
type Refusal = { readonly status: 'unsupported' } | { readonly status: 'cancelled' };
export type PasskeyCreated = Refusal | ({ readonly status: 'ok' } & PasskeyKek);
export type PasskeyOpened = Refusal | { readonly status: 'ok'; readonly kek: Uint8Array };

/**
 * `userHandle` is 1 to 64 opaque bytes, for this use alone: an authenticator keeps one passkey a handle, and making another
 * replaces it, also one for signing in. `userName` is what the system shows when it asks.
 */
export type PasskeyOwner = { readonly userHandle: Uint8Array; readonly userName: string; readonly rpName: string };

const SALT_BYTES = 32;
const CHALLENGE_BYTES = 32;
const ALGORITHMS = [-8, -7, -257];
const CANCELLED = new Set(['NotAllowedError', 'AbortError', 'TimeoutError', 'UnknownError', 'OperationError']);
const UNSUPPORTED = new Set(['NotSupportedError', 'ConstraintError', 'SecurityError', 'NotReadableError']);

/** Whether a passkey could unlock here. Asks nothing of the person. */
export async function passkeySupport(): Promise<PasskeySupport> {
  if (typeof PublicKeyCredential === 'undefined') return 'unsupported';
  const capabilities = await PublicKeyCredential.getClientCapabilities?.();
  const hasPrf = capabilities?.['extension:prf'];
  if (hasPrf === false) return 'unsupported';
  const hasOwn = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  return hasPrf && hasOwn ? 'supported' : 'unknown';
}

/** Makes a passkey and asks it for its first key. The person sees one system dialogue, on some systems two. */
export async function createPasskey(owner: PasskeyOwner): Promise<PasskeyCreated> {
  const salt = randomBytes(SALT_BYTES);
  const made = await outcomeOf(() => navigator.credentials.create({ publicKey: creation(owner, salt) }));
  if (made.status !== 'ok') return made;
  const { prf } = made.credential.getClientExtensionResults();
  // Results without `enabled` have been seen, and `enabled` without results is common: those give them on get only.
  if (!prf?.enabled && !prf?.results) return { status: 'unsupported' };
  const credentialId = new Uint8Array(made.credential.rawId);
  const opened = prf.results ? kekFrom(prf.results.first) : await passkeyKek(credentialId, salt);
  return opened.status === 'ok' ? { status: 'ok', credentialId, salt, kek: opened.kek } : opened;
}

/** Asks the passkey for the key that belongs to `salt`. The person sees one system dialogue. */
export async function passkeyKek(credentialId: Uint8Array, salt: Uint8Array): Promise<PasskeyOpened> {
  const asked = await outcomeOf(() => navigator.credentials.get({ publicKey: request(credentialId, salt) }));
  if (asked.status !== 'ok') return asked;
  const first = asked.credential.getClientExtensionResults().prf?.results?.first;
  return first === undefined ? { status: 'unsupported' } : kekFrom(first);
}

type Asked = Refusal | { readonly status: 'ok'; readonly credential: PublicKeyCredential };

async function outcomeOf(ask: () => Promise<Credential | null>): Promise<Asked> {
  if (typeof PublicKeyCredential === 'undefined') return { status: 'unsupported' };
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? { status: 'ok', credential } : { status: 'cancelled' };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (CANCELLED.has(error.name)) return { status: 'cancelled' };
    if (UNSUPPORTED.has(error.name)) return { status: 'unsupported' };
    throw error;
  }
}

function creation(owner: PasskeyOwner, salt: Uint8Array): PublicKeyCredentialCreationOptions {
  const { userHandle, userName, rpName } = owner;
  return {
    rp: { name: rpName },
    user: { id: new Uint8Array(userHandle), name: userName, displayName: userName },
    challenge: randomBytes(CHALLENGE_BYTES),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    attestation: 'none',
    extensions: prfOf(salt),
  };
}

function request(credentialId: Uint8Array, salt: Uint8Array): PublicKeyCredentialRequestOptions {
  return {
    challenge: randomBytes(CHALLENGE_BYTES),
    allowCredentials: [{ type: 'public-key', id: new Uint8Array(credentialId) }],
    // An authenticator has two secrets, one for verified persons: without this it would answer with another key.
    userVerification: 'required',
    extensions: prfOf(salt),
  };
}

function prfOf(salt: Uint8Array): AuthenticationExtensionsClientInputs {
  return { prf: { eval: { first: new Uint8Array(salt) } } };
}

function kekFrom(output: BufferSource): PasskeyOpened {
  const secret = ArrayBuffer.isView(output)
    ? new Uint8Array(output.buffer, output.byteOffset, output.byteLength)
    : new Uint8Array(output);
  const kek = expand(sha256, secret, utf8ToBytes('interlude vault 1|passkey'), KEY_BYTES);
  secret.fill(0);
  return { status: 'ok', kek };
}
