// The programs that tests start again and again, each put into one file beforehand: a start then takes half of what it takes when every
// source is translated and found anew. Only our own sources are put together; packages are loaded as ever.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Plugin } from 'vite';

const ROOT = resolve(import.meta.dirname, '..');
const PROGRAMS = [
  'server/main.ts',
  'server/ops/seed-demo.ts',
  'server/ops/backup.ts',
  'server/ops/restore.ts',
  'server/ops/backup/drill.fixture.ts',
  'server/testing/release.fixture.ts',
  'server/testing/relay-process.fixture.ts',
  'server/testing/standby.fixture.ts',
];
/** Beside the packages, which a bundled program finds as a source does. */
const PLACE = join(ROOT, 'node_modules', '.cache');

/** Bundles them into a new folder, which is returned and whose owner removes it. */
export async function bundleServers(): Promise<string> {
  await mkdir(PLACE, { recursive: true });
  const folder = await mkdtemp(join(PLACE, 'servers-'));
  const mode = process.env['NODE_ENV'];
  try {
    await build({
      root: ROOT,
      configFile: false,
      envFile: false,
      publicDir: false,
      logLevel: 'error',
      plugins: [whereItWas()],
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: Object.fromEntries(PROGRAMS.map((program) => [program.replace(/\.ts$/, ''), join(ROOT, program)])),
          output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    // A build tells the process around it that it is in production, and so all that this process starts.
    if (mode === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = mode;
  }
  return folder;
}

/** What a source says of its own place stays true. */
function whereItWas(): Plugin {
  return {
    name: 'where-it-was',
    transform(code, id) {
      if (!code.includes('import.meta.')) return null;
      const places = { dirname: dirname(id), filename: id, url: pathToFileURL(id).href };
      const said = /import\.meta\.(dirname|filename|url)\b/g;
      return {
        code: code.replace(said, (_, place: keyof typeof places) => JSON.stringify(places[place])),
        map: null,
      };
    },
  };
}
