// `npm start`: the server on its data folder, for real work. The first run prints the link by which the practice and its
// owner are set up.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { buildClient, CLIENT_FOLDER } from './ops/client-build.ts';
import { runProcess } from './process.ts';
import { startInterlude } from './start.ts';

const log = createLog();

await runProcess(async (abort) => {
  const config = readConfig(process.env);
  if (!existsSync(join(CLIENT_FOLDER, 'index.html'))) await buildClient(abort);
  const running = await startInterlude({ config, log, clientFolder: CLIENT_FOLDER, abort });
  const link = await running.rooms.identity.setupLink();
  process.stdout.write(`Interlude is ready at ${running.url}\n`);
  if (link !== null) process.stdout.write(`Set up the practice, once, at: ${link}\n`);
  return running;
}, log);
