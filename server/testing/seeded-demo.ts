// The demo, seeded once: a data folder that nobody serves, from which demo servers begin. A copy takes a fraction of what seeding
// takes, so that each journey has a world that no other has touched.

import { copyFile, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnServer } from './child-server.ts';
import { copyPostgres, removeDataDir } from './postgres.ts';

const SEED = 'server/ops/seed-demo.ts';

/** Seeds one, in a data folder of its own, which is returned. */
export async function seedDemo(): Promise<string> {
  const dataDir = await newFolder();
  const seed = spawnServer([SEED], { DATA_DIR: dataDir });
  const { code } = await seed.exited;
  if (code !== 0) throw new Error(`the demo was not seeded:\n${seed.output()}`);
  return dataDir;
}

/** Another data folder with all that this one holds, which may not be in use. */
export async function copyDemo(seeded: string): Promise<string> {
  const dataDir = await newFolder();
  const files = (await readdir(seeded, { withFileTypes: true })).filter((entry) => entry.isFile());
  // The pointer to its database stays its own.
  for (const { name } of files) if (name !== 'postgres-home') await copyFile(join(seeded, name), join(dataDir, name));
  await copyPostgres(seeded, dataDir);
  return dataDir;
}

export const removeDemo = removeDataDir;

const newFolder = () => mkdtemp(join(tmpdir(), 'interlude-e2e-'));
