// A practice's sealing keys: what devices seal parcels to, and the private halves that open them. A private half rests
// under the server's secret, bound to its practice and its key id, so that it cannot be moved to another. Old halves are
// kept when the key is changed: a parcel may come years late.
//
// Resting bytes, version 1: version (1) | nonce (12) | AES-256-GCM of the PKCS #8 key | tag (16)

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { PrivateKeyFor } from '../../src/sync/core/parcel.ts';
import { exportPrivateKey, generateSealingKeyPair, importPrivateKey } from '../../src/sync/core/sealing-key.ts';
import type { OpeningKey } from '../../src/sync/core/sealing-key.ts';
import { deriveKey } from '../secret.ts';
import { inPractice } from '../store/database.ts';
import type { Database, PracticeTx } from '../store/database.ts';

/** What a device needs to seal; the public key is raw P-256 as base64url. */
export interface PublicSealingKey {
  readonly keyId: string;
  readonly publicKey: string;
}

interface KeyName {
  readonly practiceId: string;
  readonly keyId: string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The keys of every practice, as sync needs them. */
export function createPracticeKeys({ database, secret }: { database: Database; secret: Uint8Array }) {
  return {
    /** The key to seal to now. */
    sealingKey: (practiceId: string): Promise<PublicSealingKey> =>
      inPractice(database, practiceId, (tx) => currentSealingKey(tx, practiceId)),
    /** Finds private halves of one practice, also retired ones. */
    privateKeyFor:
      (practiceId: string): PrivateKeyFor =>
      (keyId) =>
        inPractice(database, practiceId, (tx) => privateKeyFor(tx, secret, { practiceId, keyId })),
  };
}

/** Makes the practice's current key. Throws where it has one: `rotateSealingKey` is for that. */
export async function createSealingKey(
  tx: PracticeTx,
  practiceId: string,
  secret: Uint8Array,
): Promise<PublicSealingKey> {
  const { keyId, publicKey, privateKey } = await generateSealingKeyPair();
  const sealed = wrap(await exportPrivateKey(privateKey), secret, { practiceId, keyId });
  await tx
    .insertInto('sealing_key')
    .values({ practice_id: practiceId, key_id: keyId, public_key: publicKey, sealed_private: sealed })
    .execute();
  return { keyId, publicKey };
}

/** The key that devices are to seal to. */
export async function currentSealingKey(tx: PracticeTx, practiceId: string): Promise<PublicSealingKey> {
  const row = await tx
    .selectFrom('sealing_key')
    .select(['key_id', 'public_key'])
    .where('practice_id', '=', practiceId)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { keyId: row.key_id, publicKey: row.public_key };
}

/** A private half, current or retired; undefined where the practice never had it. Throws under another secret. */
export async function privateKeyFor(
  tx: PracticeTx,
  secret: Uint8Array,
  name: KeyName,
): Promise<OpeningKey | undefined> {
  const row = await tx
    .selectFrom('sealing_key')
    .select(['public_key', 'sealed_private'])
    .where('practice_id', '=', name.practiceId)
    .where('key_id', '=', name.keyId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const privateKey = await importPrivateKey(unwrap(row.sealed_private, secret, name));
  return { publicKey: row.public_key, privateKey };
}

/** Gives the practice a new current key; the old one still opens what was sealed to it. */
export async function rotateSealingKey(
  tx: PracticeTx,
  practiceId: string,
  secret: Uint8Array,
): Promise<PublicSealingKey> {
  await tx
    .updateTable('sealing_key')
    .set({ retired_at: new Date() })
    .where('practice_id', '=', practiceId)
    .where('retired_at', 'is', null)
    .execute();
  return createSealingKey(tx, practiceId, secret);
}

/** Puts every private half of every practice under another secret; returns how many. To be called outside of any wall. */
export async function rewrapSealingKeys(
  tx: PracticeTx,
  { from, to }: { from: Uint8Array; to: Uint8Array },
): Promise<number> {
  const rows = await tx
    .selectFrom('sealing_key')
    .select(['practice_id', 'key_id', 'sealed_private'])
    .forUpdate()
    .execute();
  for (const row of rows) {
    const name = { practiceId: row.practice_id, keyId: row.key_id };
    await tx
      .updateTable('sealing_key')
      .set({ sealed_private: wrap(unwrap(row.sealed_private, from, name), to, name) })
      .where('practice_id', '=', name.practiceId)
      .where('key_id', '=', name.keyId)
      .execute();
  }
  return rows.length;
}

function wrap(plain: Uint8Array, secret: Uint8Array, name: KeyName): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, 'sealing'), nonce).setAAD(boundTo(name));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
}

function unwrap(sealed: Buffer, secret: Uint8Array, name: KeyName): Buffer {
  if (sealed[0] !== VERSION) throw new Error('A sealing key rests in a form that this version does not know');
  const bodyAt = 1 + NONCE_BYTES;
  const tagAt = sealed.length - TAG_BYTES;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, 'sealing'), sealed.subarray(1, bodyAt), options);
  decipher.setAAD(boundTo(name)).setAuthTag(sealed.subarray(tagAt));
  return Buffer.concat([decipher.update(sealed.subarray(bodyAt, tagAt)), decipher.final()]);
}

/** An array, so that no name can run into the next. */
function boundTo({ practiceId, keyId }: KeyName): Buffer {
  return Buffer.from(JSON.stringify(['interlude sealing key', VERSION, practiceId, keyId]));
}
