// Ties a database to the secret that its sealed keys rest under, so that a start with another secret is refused at once
// instead of failing later, or of making new keys beside data that nobody can open any more.

import type { Kysely } from 'kysely';
import { deriveKey } from '../secret.ts';
import { StartError } from '../start-error.ts';
import type { Tables } from './database.ts';

const KEY = 'secret-mark';

/** Notes the secret at the first start; later throws StartError where it is another one. */
export async function checkSecret(db: Kysely<Tables>, secret: Uint8Array): Promise<void> {
  const mark = markOf(secret);
  await db
    .insertInto('meta')
    .values({ key: KEY, value: mark })
    .onConflict((on) => on.column('key').doNothing())
    .execute();
  const { value } = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirstOrThrow();
  if (value === mark) return;
  throw new StartError(
    'This database was made with another secret. Bring back the secret.key of its data folder, or the SECRET_KEY it had.',
  );
}

/** Whether a mark, as a database holds it, is that of this secret. */
export function isMarkOf(mark: string, secret: Uint8Array): boolean {
  return mark === markOf(secret);
}

/** Notes a new secret; to be called in the transaction that sealed the keys anew. */
export async function markSecret(db: Kysely<Tables>, secret: Uint8Array): Promise<void> {
  await db
    .updateTable('meta')
    .set({ value: markOf(secret) })
    .where('key', '=', KEY)
    .execute();
}

/** One-way: nothing of the secret, nor of its other subkeys, can be learnt from it. */
function markOf(secret: Uint8Array): string {
  return Buffer.from(deriveKey(secret, 'mark')).toString('base64url');
}
