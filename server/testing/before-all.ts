// Before the server's tests, where all of them run: a PostgreSQL for each worker, with an empty database and one with the demo, whose
// copies each file begins with. They end with the tests.

import type { TestProject } from 'vitest/node';
import { BUNDLED_SERVERS } from '../../.ci/given.ts';
import { makeMigratedTemplate, MIGRATED_POSTGRES } from './database.ts';
import { makeDemoTemplate } from './demo-database.ts';
import { alike, startTestPostgres } from './postgres.ts';

export default async function beforeAll({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Who tries a file or two has no use for it.
  if (process.env[BUNDLED_SERVERS] === undefined) return undefined;
  const first = await startTestPostgres();
  await makeMigratedTemplate(first);
  await makeDemoTemplate(first);
  const all = await alike(first, vitest.config.maxWorkers);
  process.env[MIGRATED_POSTGRES] = JSON.stringify(all.map(({ connection }) => connection));
  return async () => {
    for (const postgres of all) await postgres.remove();
  };
}
