// The app as it is shipped, for tests in a browser. Built when a source is younger than the build, else used as it lies there.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildClient, CLIENT_FOLDER, ROOT } from '../ops/client-build.ts';

const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** Builds into `dist/` where that is needed. */
export async function builtApp(): Promise<void> {
  const built = await stat(join(CLIENT_FOLDER, 'sw.js.br')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (built < (await youngest())) await buildClient();
}

/** Folders count too: a removed file changes only them. */
async function youngest(): Promise<number> {
  const times = await Promise.all(SOURCES.map((source) => youngestIn(join(ROOT, source))));
  return Math.max(...times);
}

async function youngestIn(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const inside = await readdir(path, { recursive: true });
  const times = await Promise.all(inside.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(own.mtimeMs, ...times);
}
