// The API side of `npm run dev`: seeded, without the built app, which vite serves. Started, and started again after each
// change, by `dev.ts`, which gives it its port and address.

import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { runProcess } from '../process.ts';
import { startInterlude } from '../start.ts';
import { seedGuarded } from './seed-guarded.ts';

const log = createLog();

await runProcess((abort) => {
  const seed = async (ground: Parameters<typeof seedGuarded>[0]) => void (await seedGuarded(ground));
  return startInterlude({ config: readConfig(process.env), log, clientFolder: null, abort, seed });
}, log);
