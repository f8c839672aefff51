// Before the server's tests, where all of them run: one PostgreSQL is made with an empty database and one with the demo, whose copies
// each file begins with.

import { BUNDLED_SERVERS } from '../../.ci/given.ts';
import { MIGRATED_POSTGRES, startMigratedPostgres } from './database.ts';
import { makeDemoTemplate } from './demo-database.ts';
import { removeDataDir } from './postgres.ts';

export default async function beforeAll(): Promise<(() => Promise<void>) | undefined> {
  // Who tries a file or two has no use for it.
  if (process.env[BUNDLED_SERVERS] === undefined) return undefined;
  const postgres = await startMigratedPostgres();
  await makeDemoTemplate(postgres);
  await postgres.stop();
  process.env[MIGRATED_POSTGRES] = postgres.dataDir;
  return () => removeDataDir(postgres.dataDir);
}
