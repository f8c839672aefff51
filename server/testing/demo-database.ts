// Databases with the demo in them: seeded once into a template, from which each is copied.

import { createIdentity } from '../identity/identity.ts';
import { createLog } from '../log.ts';
import { seedDemo } from '../ops/seed.ts';
import type { Database } from '../store/database.ts';
import { databaseLike, makeTemplate } from './database.ts';
import type { MigratedPostgres } from './database.ts';
import type { PostgresPlace } from './postgres.ts';

const DEMO = 'demo';

/** The server's secret with which the demo was seeded there. */
export const demoSecret = (): Uint8Array => new Uint8Array(32).fill(7);

/** Seeds the template of a migrated PostgreSQL, where it has none yet. */
export function makeDemoTemplate(postgres: PostgresPlace): Promise<void> {
  return makeTemplate(postgres, DEMO, async (database) => {
    const [secret, log] = [demoSecret(), createLog({ write: () => undefined })];
    const identity = createIdentity({ database, publicUrl: 'http://localhost:8080', secret, log });
    await seedDemo({ database, identity, secret });
  });
}

/** A database with the demo, in a migrated PostgreSQL; its owner closes it. */
export async function demoDatabase(postgres: MigratedPostgres): Promise<Database> {
  await makeDemoTemplate(postgres);
  return databaseLike(postgres, DEMO);
}
