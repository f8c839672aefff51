// `npm run dev`: vite with hot reload at the usual address, the API behind it in a process of its own that starts again
// when a file it reads has changed. One address, so that cookies and the Origin rule are as in production.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, relative, sep } from 'node:path';
import { createServer } from 'vite';
import type { ViteDevServer } from 'vite';
import { publicUrlOf, readConfig } from '../config.ts';
import { listen } from '../http/listener.ts';
import { createLog } from '../log.ts';
import { runProcess } from '../process.ts';
import { ROOT } from './client-build.ts';

const SERVER_SIDE = ['server', 'src/base', 'src/sync/core', 'src/features'].map(
  (folder) => folder.split('/').join(sep) + sep,
);
const SETTLE_MS = 100;

await runProcess(async (abort) => {
  const config = readConfig(process.env);
  const apiPort = await freePort();
  // The app's own settings for vite send what is the server's there.
  process.env['INTERLUDE_API'] = `http://127.0.0.1:${apiPort}`;
  const vite = await serveApp(config);
  const publicUrl = publicUrlOf(config, config.port);
  const api = keepRunning({ ...process.env, HOST: '127.0.0.1', PORT: String(apiPort), PUBLIC_URL: publicUrl });
  abort.throwIfAborted();
  vite.watcher.on('all', (_event, file) => {
    if (isServerSide(file)) api.restart();
  });
  process.stdout.write(`Interlude is ready at ${publicUrl}\n`);
  return { stop: () => Promise.all([api.stop(), vite.close()]).then(() => undefined) };
}, createLog());

async function serveApp({ host, port }: { host: string; port: number }): Promise<ViteDevServer> {
  const vite = await createServer({ root: ROOT, server: { host, port, strictPort: true } });
  return vite.listen();
}

function isServerSide(file: string): boolean {
  const path = relative(ROOT, file);
  return path.endsWith('.ts') && !path.endsWith('.test.ts') && SERVER_SIDE.some((folder) => path.startsWith(folder));
}

/** The API process: `restart` ends it in order, since it owns the data folder, and starts the next one then. */
function keepRunning(env: NodeJS.ProcessEnv): { restart(): void; stop(): Promise<void> } {
  const start = () =>
    spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server', 'ops', 'dev-server.ts')], {
      env,
      stdio: 'inherit',
    });
  let child = start();
  let pending: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  let stopped = false;
  const again = async () => {
    await end(child);
    if (!stopped) child = start();
  };
  return {
    restart: () => {
      clearTimeout(pending);
      pending = setTimeout(() => (work = work.then(again)), SETTLE_MS);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(pending);
      await work;
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const listener = await listen({ host: '127.0.0.1', port: 0 });
  await listener.close(0);
  return listener.port;
}
