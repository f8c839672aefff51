// `npm run rotate-secret`: puts what rests under the server's secret under a new one. The new secret is written beside the
// old, everything is sealed anew in one transaction, then the files change places. Killed at any point, a start works:
// `settleSecret` takes whichever secret the database is under. Everyone is signed out, since cookies are signed under it.
// With SECRET_KEY the new one comes in NEW_SECRET_KEY, and putting it in place is left to the operator.

import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { rewrapVapid } from '../effects/push/vapid.ts';
import { rewrapSealingKeys } from '../identity/practice-keys.ts';
import { parseSecret, SECRET_BYTES } from '../secret-text.ts';
import { loadSecret, secretFile } from '../secret.ts';
import { StartError } from '../start-error.ts';
import { syncFolder, writeSynced } from '../synced-file.ts';
import { openDatabase } from '../store/database.ts';
import type { Database, Tables } from '../store/database.ts';
import { EmbeddedPostgresError } from '../store/embedded-error.ts';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { checkSecret, markSecret } from '../store/secret-mark.ts';

type SecretPlace = Pick<Config, 'dataDir' | 'secretKey'>;

/**
 * The secret that the database is under: the loaded one, or the one that a rotation left beside it, which is then put in
 * its place. To be called between loading the secret and checking it, once migrations have run. Never deletes a secret.
 */
export async function settleSecret(db: Kysely<Tables>, place: SecretPlace, loaded: Uint8Array): Promise<Uint8Array> {
  if (place.secretKey !== null) return loaded;
  const next = await readSecret(nextFile(place.dataDir));
  if (next === null || (await isUnder(db, loaded)) || !(await isUnder(db, next))) return loaded;
  await promote(place.dataDir);
  return next;
}

/** Rotates the secret of a data folder; returns how many keys were sealed anew. */
export async function rotateSecretFile(db: Kysely<Tables>, dataDir: string): Promise<number> {
  const place = { dataDir, secretKey: null };
  const from = await settleSecret(db, place, await loadSecret(place));
  const to = await prepareNext(dataDir);
  const count = await resealAll(db, { from, to });
  await promote(dataDir);
  return count;
}

/** The new secret, safe on disk before anything is sealed under it. One that a killed rotation left there is used. */
export async function prepareNext(dataDir: string): Promise<Uint8Array> {
  const file = nextFile(dataDir);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeSynced(draft, `${randomBytes(SECRET_BYTES).toString('base64')}\n`);
    // A link fails where there is one already; overwriting it could lose what was just sealed under it.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(dataDir);
  } finally {
    await rm(draft, { force: true });
  }
  const next = await readSecret(file);
  if (next === null) throw new StartError(`${file} went away while it was being made.`);
  return next;
}

/** Seals everything under the new secret, or nothing. Throws StartError where the database is under neither of them. */
export async function resealAll(
  db: Kysely<Tables>,
  { from, to }: { from: Uint8Array; to: Uint8Array },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await checkMark(tx, from, to);
    if (await isUnder(tx, to)) return 0;
    const count = (await rewrapSealingKeys(tx, { from, to })) + (await rewrapVapid(tx, { from, to }));
    await markSecret(tx, to);
    return count;
  });
}

/** Two rotations at once: the second waits for the first, and finds the work done or the ground gone. */
async function checkMark(tx: Kysely<Tables>, from: Uint8Array, to: Uint8Array): Promise<void> {
  const mark = tx.selectFrom('meta').select('value').where('key', '=', 'secret-mark').forUpdate();
  const known = (await mark.executeTakeFirst()) !== undefined;
  if (!known || !(await isUnder(tx, to))) await checkSecret(tx, from);
}

/** Puts the new secret in the old one's place. To be called once the database is under it. */
export async function promote(dataDir: string): Promise<void> {
  await rename(nextFile(dataDir), secretFile(dataDir)).catch((error: NodeJS.ErrnoException) => {
    // Another start was faster.
    if (error.code !== 'ENOENT') throw error;
  });
  await syncFolder(dataDir);
}

async function isUnder(db: Kysely<Tables>, secret: Uint8Array): Promise<boolean> {
  try {
    await checkSecret(db, secret);
    return true;
  } catch (error) {
    if (error instanceof StartError) return false;
    throw error;
  }
}

/** Where the new secret waits until everything is sealed under it. */
export function nextFile(dataDir: string): string {
  return `${secretFile(dataDir)}.next`;
}

async function readSecret(file: string): Promise<Uint8Array | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (text === null) return null;
  const secret = parseSecret(text);
  if (secret === null) throw new StartError(`${file} is damaged: expected 32 bytes as base64.`);
  return secret;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const count = await withDatabase(config, async ({ db }) => {
    await migrate(db);
    if (config.secretKey === null) return rotateSecretFile(db, config.dataDir);
    return resealAll(db, { from: config.secretKey, to: newSecretKey() });
  });
  process.stdout.write(`Sealed ${count} keys under the new secret.\n`);
  if (config.secretKey !== null) process.stdout.write('Now start every server with the new one as SECRET_KEY.\n');
}

function newSecretKey(): Uint8Array {
  const secret = parseSecret(process.env['NEW_SECRET_KEY'] ?? '');
  if (secret !== null) return secret;
  throw new StartError('NEW_SECRET_KEY: expected at least 32 random bytes as base64 or hex, since SECRET_KEY is set');
}

async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const postgres =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, log: () => {} }) : null;
  const database = openDatabase(
    postgres ? { ...postgres.connection, ssl: false } : { connectionString: config.databaseUrl ?? '' },
  );
  try {
    return await work(database);
  } finally {
    await database.close();
    await postgres?.stop();
  }
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: unknown) => {
    if (!(error instanceof StartError || error instanceof EmbeddedPostgresError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
