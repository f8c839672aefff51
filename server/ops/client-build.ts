// Builds the app into `dist/`: vite in a child process, so that its memory goes with it, then brotli and gzip beside each
// file. Called by `npm run build`, by the demo, and by a first start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { precompress } from '../http/precompress.ts';
import { StartError } from '../start-error.ts';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '..', '..');
/** Where the built app lies. */
export const CLIENT_FOLDER = join(ROOT, 'dist');

/** Builds; aborting ends vite too. Throws StartError where vite is missing or fails, having shown its words. */
export async function buildClient(abort?: AbortSignal): Promise<void> {
  const vite = spawn(process.execPath, [viteProgram(), 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = () => void vite.kill('SIGTERM');
  abort?.addEventListener('abort', end, { once: true });
  process.once('exit', end);
  try {
    const [code] = (await once(vite, 'exit')) as [number | null];
    abort?.throwIfAborted();
    if (code !== 0) throw new StartError('The app could not be built.');
  } finally {
    process.off('exit', end);
    abort?.removeEventListener('abort', end);
  }
  await precompress(CLIENT_FOLDER);
}

function viteProgram(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  } catch {
    throw new StartError('The app has to be built, and the tools for it are not installed: run npm ci.');
  }
}
