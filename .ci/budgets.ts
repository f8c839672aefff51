// The weight of the app, measured at each build and held to a budget: what a person downloads before the first screen can be
// used, and what the service worker fetches afterwards. Gzip sizes in kB (1000 bytes). The build fails over a budget, and over a
// worker that no browser would start.

import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';
import { moduleOnlyParts } from './classic-worker.ts';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

/** Sources whose chunks, with all they import at once, somebody loads before the first usable screen. */
const CLIENT_FIRST = ['app/main.tsx', 'app/client-portal.tsx', 'app/client/today-screen.tsx'];
const STAFF_FIRST = ['app/main.tsx', 'app/staff-portal.tsx', 'app/staff/inbox-screen.tsx'];
const WORDS = /\/words\/en\.ts$/;
const PICTURE = /\.(woff2?|ttf|otf|png|jpe?g|webp|avif|gif|svg|ico)$/;
const LINK = /<link rel="(?:icon|stylesheet)"[^>]* href="\/([^"]+)"/g;

/** Precached: 10 kB over what was planned (ADR 36). */
export const BUDGET_KB = { client: 215, clientScript: 185, precached: 610, staff: 320, pictures: 30 } as const;

export interface Weight {
  readonly what: string;
  readonly bytes: number;
  readonly budgetKb: number;
}

/** What rolldown made, where it was written, and the checkout it was made from. */
export interface Built {
  readonly bundle: Bundle;
  readonly folder: string;
  readonly root: string;
}

/** Measures a built app. Throws where a first screen is missing. */
export async function weigh({ bundle, folder, root }: Built): Promise<Weight[]> {
  const onDisk = async (file: string) => gzipped(await readFile(join(folder, file)));
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const linked = [...html.matchAll(LINK)].map(([, file = '']) => file);
  const shell = ['index.html', 'manifest.webmanifest', ...linked];
  const sum = async (files: Iterable<string>) =>
    (await Promise.all([...files].map(onDisk))).reduce((total, bytes) => total + bytes, 0);
  const [client, staff] = [filesOf({ bundle, root }, CLIENT_FIRST), filesOf({ bundle, root }, STAFF_FIRST)];
  const scripts = [...client].filter((file) => file.endsWith('.js'));
  const pictures = [...new Set([...client, ...staff, ...shell])].filter((file) => PICTURE.test(file));
  return [
    { what: 'client portal, first usable screen', bytes: await sum([...client, ...shell]), budgetKb: BUDGET_KB.client },
    { what: '  of it JavaScript', bytes: await sum(scripts), budgetKb: BUDGET_KB.clientScript },
    {
      what: 'client portal, all that is precached',
      bytes: await sum(await precachedFiles(folder)),
      budgetKb: BUDGET_KB.precached,
    },
    {
      what: 'provider console, first usable screen',
      bytes: await sum([...staff, ...shell]),
      budgetKb: BUDGET_KB.staff,
    },
    { what: 'fonts and images before first use', bytes: await sum(pictures), budgetKb: BUDGET_KB.pictures },
  ];
}

/** The table that the build prints. */
export function tableOf(weights: readonly Weight[]): string {
  const lines = weights.map(({ what, bytes, budgetKb }) => {
    const over = isOver({ bytes, budgetKb }) ? '  OVER' : '';
    return `${what.padEnd(40)} ${(bytes / 1000).toFixed(1).padStart(7)} kB of ${String(budgetKb).padStart(3)} kB${over}\n`;
  });
  return `\nBudgets (gzip)\n${lines.join('')}`;
}

export function isOver({ bytes, budgetKb }: Pick<Weight, 'bytes' | 'budgetKb'>): boolean {
  return bytes > budgetKb * 1000;
}

/** Measures after everything is written, the service worker too. */
export function budgets(): Plugin {
  let root = '';
  let built: Built | undefined;
  return {
    name: 'budgets',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    writeBundle({ dir }, bundle) {
      built = { bundle, folder: dir ?? join(root, 'dist'), root };
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        if (!built) return;
        const weights = await weigh(built);
        process.stdout.write(tableOf(weights));
        if (weights.some(isOver)) this.error('The app has grown over its budget.');
        const parts = moduleOnlyParts(await readFile(join(built.folder, 'sw.js'), 'utf8'));
        if (parts.length > 0) this.error(`The service worker is no classic script any more: ${parts.join(', ')}`);
      },
    },
  };
}

/** The files of the chunks that hold these sources or English words, of all they import, and their styles and assets. */
function filesOf({ bundle, root }: Omit<Built, 'folder'>, sources: readonly string[]): Set<string> {
  const chunks = Object.values(bundle).filter((output): output is Chunk => output.type === 'chunk');
  const wanted = sources.map((source) => {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => pathOf(id, root) === `src/${source}`));
    if (!chunk) throw new Error(`A budget is set for src/${source}, which is not in the app.`);
    return chunk;
  });
  const words = chunks.filter(({ moduleIds }) => moduleIds.some((id) => WORDS.test(id)));
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const files = new Set<string>();
  const add = (chunk: Chunk) => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
      files.add(file);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported) add(imported);
    }
  };
  for (const chunk of [...wanted, ...words]) add(chunk);
  // A worker's script is fetched by what starts it, when it is started.
  return new Set([...files].filter((file) => !basename(file).includes('.worker')));
}

/** What the worker fetches, read from the list that was written into it. */
async function precachedFiles(folder: string): Promise<string[]> {
  const worker = await readFile(join(folder, 'sw.js'), 'utf8');
  const files = [...worker.matchAll(/["']?url["']?:\s*["'`]([^"'`]+)["'`]/g)].map(([, url = '']) => url);
  if (!files.includes('index.html')) throw new Error('The service worker precaches no app.');
  return [...new Set(files)];
}

function pathOf(moduleId: string, root: string): string {
  return relative(root, moduleId.replace(/\?.*$/, '')).split(sep).join('/');
}

function gzipped(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).length;
}
