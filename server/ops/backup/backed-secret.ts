// The server's secret in a backup. It goes with the data: the practices' sealed keys open under no other. Where the operator
// keeps it himself, in SECRET_KEY, it is left out. It changes places as a rotation does it (`rotate-secret.ts`).

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import { parseSecret } from '../../secret-text.ts';
import { secretFile } from '../../secret.ts';
import { StartError } from '../../start-error.ts';
import type { Tables } from '../../store/database.ts';
import { isMarkOf } from '../../store/secret-mark.ts';
import { syncFolder, writeSynced } from '../../synced-file.ts';
import { nextFile, promote } from '../rotate-secret.ts';
import type { Backup } from './check.ts';
import { digestOf } from './digested.ts';
import { SECRET } from './manifest.ts';
import type { Digest } from './manifest.ts';

type SecretPlace = Pick<Config, 'dataDir' | 'secretKey'>;

/**
 * Copies the secret that a database with this mark is under; null where that is SECRET_KEY, or where no server ever started.
 * A rotation may just be changing it, so it is looked for where a rotation puts it. Throws StartError where it is not there.
 */
export async function backUpSecret(folder: string, mark: string | null, place: SecretPlace): Promise<Digest | null> {
  const fits = (secret: Uint8Array | null) => secret !== null && (mark === null || isMarkOf(mark, secret));
  if (place.secretKey !== null) {
    if (fits(place.secretKey)) return null;
    throw new StartError('SECRET_KEY is not the one that this database is under.');
  }
  for (const file of [secretFile(place.dataDir), nextFile(place.dataDir)]) {
    const text = await readText(file);
    if (!fits(parseSecret(text))) continue;
    const copy = join(folder, SECRET);
    await writeSynced(copy, text);
    return digestOf(copy, { abort: new AbortController().signal, passed: () => undefined });
  }
  if (mark === null) return null;
  throw new StartError(
    `${secretFile(place.dataDir)} is not the secret that this database is under, and a backup without it is of no use. ` +
      'Set DATA_DIR and SECRET_KEY as the server has them; where the secret is being changed just now, try again.',
  );
}

/** The secret that a restored server will have. Whether the data is under it, the loaded database says. */
export async function secretFor({ secretText }: Pick<Backup, 'secretText'>, place: SecretPlace): Promise<Uint8Array> {
  const written = secretText === null ? await readText(secretFile(place.dataDir)) : secretText;
  const secret = place.secretKey ?? parseSecret(written);
  if (secret !== null) return secret;
  throw new StartError(
    'This backup is of a server that has its secret from SECRET_KEY: set SECRET_KEY as that one has it.',
  );
}

/** Puts a waiting secret in its place where the database is already under it. */
export async function settleNext(db: Kysely<Tables>, dataDir: string): Promise<void> {
  const next = parseSecret(await readText(nextFile(dataDir)));
  const mark = await db.selectFrom('meta').select('value').where('key', '=', 'secret-mark').executeTakeFirst();
  if (next !== null && mark !== undefined && isMarkOf(mark.value, next)) await promote(dataDir);
}

/** Lets a secret wait beside the present one, through to the disk. What waited there before is of no use any more. */
export async function placeNext(dataDir: string, text: string): Promise<void> {
  await rm(nextFile(dataDir), { force: true });
  await writeSynced(nextFile(dataDir), text);
  await syncFolder(dataDir);
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new StartError(`${file} cannot be read (${error.code ?? 'unknown'}).`);
  });
}
