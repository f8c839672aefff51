// The database of the settings, for a command that works on it and goes. One connection that is kept, so that nobody else
// connected means nobody else.

import type pg from 'pg';
import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { findRunningPostgres, startEmbeddedPostgres } from '../store/embedded.ts';

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;
type Work<T> = (database: Database) => Promise<T>;

/**
 * Works on the outside database; or on the embedded one of a running server, beside it; or on one started for the while.
 * Throws StartError where it cannot be reached, and EmbeddedPostgresError where it cannot be started.
 */
export async function besideServer<T>(place: Place, work: Work<T>): Promise<T> {
  const running = place.databaseUrl === null ? await findRunningPostgres(place.dataDir) : undefined;
  return running === undefined ? alone(place, work) : connected({ ...running, ssl: false }, work);
}

/** As `besideServer`, but throws `in-use` while a server runs on the embedded one. */
export async function alone<T>({ dataDir, databaseUrl }: Place, work: Work<T>): Promise<T> {
  if (databaseUrl !== null) return connected({ connectionString: databaseUrl }, work);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  try {
    return await connected({ ...postgres.connection, ssl: false }, work);
  } finally {
    await postgres.stop();
  }
}

async function connected<T>(connection: pg.PoolConfig, work: Work<T>): Promise<T> {
  const database = openDatabase({ ...connection, max: 1, idleTimeoutMillis: 0 });
  try {
    await database.pool.query('select').catch((error: { code?: string }) => {
      throw new StartError(`The database cannot be reached (${error.code ?? 'no answer'}).`);
    });
    return await work(database);
  } finally {
    await database.close();
  }
}
