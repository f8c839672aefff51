// The key pair by which push services know this server (RFC 8292). It comes from the settings, or is made at the first start and
// kept in the database under the server's secret, so that it outlives a restore and is the same on every node: browsers bind what
// they agreed to with its public half.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import webpush from 'web-push';
import type { Config } from '../../config.ts';
import { deriveKey } from '../../secret.ts';
import type { Tables } from '../../store/database.ts';

export interface Vapid {
  /** Raw P-256 as base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** How a push service reaches the operator. */
  readonly subject: string;
}

const KEY = 'vapid';
const NONCE = 12;
const TAG = 16;

/** The server's pair; makes it at the first call. Throws under another secret. */
export async function loadVapid(
  db: Kysely<Tables>,
  { secret, config, publicUrl }: { secret: Uint8Array; config: Pick<Config, 'vapid'>; publicUrl: string },
): Promise<Vapid> {
  if (config.vapid !== null) return config.vapid;
  const made = webpush.generateVAPIDKeys();
  const value = `${made.publicKey} ${seal(made.privateKey, secret)}`;
  await sql`insert into meta values (${KEY}, ${value}) on conflict do nothing`.execute(db);
  const kept = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirstOrThrow();
  const [publicKey = '', sealed = ''] = kept.value.split(' ');
  // Push services ask for an address or a page; some refuse one that is not https.
  const subject = publicUrl.startsWith('https:') ? publicUrl : 'mailto:operator@localhost.localdomain';
  return { publicKey, privateKey: open(sealed, secret), subject };
}

/** Puts the private half under another secret, where there is one. Returns how many. */
export async function rewrapVapid(
  tx: Kysely<Tables>,
  { from, to }: { from: Uint8Array; to: Uint8Array },
): Promise<number> {
  const kept = await tx.selectFrom('meta').select('value').where('key', '=', KEY).forUpdate().executeTakeFirst();
  if (kept === undefined) return 0;
  const [publicKey = '', sealed = ''] = kept.value.split(' ');
  const value = `${publicKey} ${seal(open(sealed, from), to)}`;
  await tx.updateTable('meta').set({ value }).where('key', '=', KEY).execute();
  return 1;
}

function seal(text: string, secret: Uint8Array): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, 'vapid'), nonce).setAAD(Buffer.from(KEY));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function open(sealed: string, secret: Uint8Array): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const tagAt = bytes.length - TAG;
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, 'vapid'), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(KEY)).setAuthTag(bytes.subarray(tagAt));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, tagAt)), decipher.final()]).toString('utf8');
}
