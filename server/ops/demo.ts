// `npm run demo`: builds the app, starts everything on a throwaway data folder, or on `DATA_DIR` where it is set, seeded
// once, and prints the address and the accounts. Ends without a trace, apart from that `DATA_DIR`.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { listen } from '../http/listener.ts';
import { createLog } from '../log.ts';
import { runProcess } from '../process.ts';
import type { Stoppable } from '../process.ts';
import { startInterlude } from '../start.ts';
import { removeEmbeddedPostgres } from '../store/embedded.ts';
import { accountsTable } from './accounts-table.ts';
import { buildClient, CLIENT_FOLDER } from './client-build.ts';
import { seedGuarded } from './seed-guarded.ts';

// What happens to requests would bury the accounts.
const log = createLog({ least: 'warn' });

await runProcess((abort) => (process.env['DATA_DIR'] ? demo(process.env['DATA_DIR'], abort) : throwaway(abort)), log);

async function demo(dataDir: string, abort: AbortSignal): Promise<Stoppable> {
  const config = readConfig({ ...process.env, DATA_DIR: dataDir });
  // A taken port is told before the build, not after it.
  await (await listen(config)).close(0);
  await buildClient(abort);
  let accounts = '';
  const running = await startInterlude({
    config,
    log,
    clientFolder: CLIENT_FOLDER,
    abort,
    seed: async (ground) => {
      accounts = accountsTable(await seedGuarded(ground));
    },
  });
  process.stdout.write(`Interlude is ready at ${running.url}\n\n${accounts}`);
  return running;
}

async function throwaway(abort: AbortSignal): Promise<Stoppable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlude-demo-'));
  const remove = async () => {
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const running = await demo(dataDir, abort);
    return { stop: () => running.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
