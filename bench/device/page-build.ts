// Builds the page of the measurements into a throwaway folder, as the app is built, with names kept so that profiles can be
// read.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface BuiltPage {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'interlude-bench-page-'));
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, minify: false, modulePreload: false },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
