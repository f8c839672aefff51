// The demo, seeded once: a place that nobody serves, from which demo servers begin. A copy takes a fraction of what seeding takes, so
// that each journey has a world that no other has touched.

import { copyFile, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnServer } from './child-server.ts';
import { copyDatabase, dropDatabases } from './database.ts';
import { removeDataDir, urlOf } from './postgres.ts';
import type { PostgresPlace } from './postgres.ts';

const SEED = 'server/ops/seed-demo.ts';

/** Where a server keeps what it has. */
export interface ServedPlace {
  readonly dataDir: string;
  /** The database; null for the embedded PostgreSQL of the data folder. */
  readonly database: PostgresPlace['connection'] | null;
}

/** A place whose database is on a PostgreSQL that others share. */
export type Outside = ServedPlace & { readonly database: PostgresPlace['connection'] };

/** The settings with which a server serves it. */
export const settingsOf = ({ dataDir, database }: ServedPlace): Record<string, string> => ({
  DATA_DIR: dataDir,
  ...(database !== null && { DATABASE_URL: urlOf(database) }),
});

/** Seeds one, in a data folder of its own and this empty database, or else the embedded one. */
export async function seedDemo(database: ServedPlace['database'] = null): Promise<ServedPlace> {
  const place = { dataDir: await newFolder(), database };
  const seed = spawnServer([SEED], settingsOf(place));
  const { code } = await seed.exited;
  if (code !== 0) throw new Error(`the demo was not seeded:\n${seed.output()}`);
  return place;
}

/** Another place with all that this one holds, its database beside that one; nobody may be using it. */
export async function copyDemo({ dataDir, database }: Outside): Promise<Outside> {
  const copy = await newFolder();
  const files = (await readdir(dataDir, { withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { name } of files) await copyFile(join(dataDir, name), join(copy, name));
  const name = await copyDatabase({ connection: database }, database.database);
  return { dataDir: copy, database: { ...database, database: name } };
}

/** Removes a place whose server has ended. */
export async function removeDemo({ dataDir, database }: ServedPlace): Promise<void> {
  await removeDataDir(dataDir);
  if (database !== null) await dropDatabases({ connection: database }, [database.database]);
}

const newFolder = () => mkdtemp(join(tmpdir(), 'interlude-e2e-'));
