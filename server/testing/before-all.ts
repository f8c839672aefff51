// Before the server's tests, where all of them run: one PostgreSQL is made and migrated, whose copies each file begins with.

import { BUNDLED_SERVERS } from '../../.ci/given.ts';
import { MIGRATED_POSTGRES, migratedPostgres } from './database.ts';
import { removeDataDir } from './postgres.ts';

export default async function beforeAll(): Promise<(() => Promise<void>) | undefined> {
  // Who tries a file or two has no use for it.
  if (process.env[BUNDLED_SERVERS] === undefined) return undefined;
  const dataDir = await migratedPostgres();
  process.env[MIGRATED_POSTGRES] = dataDir;
  return () => removeDataDir(dataDir);
}
