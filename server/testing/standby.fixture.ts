// The whole server, as `main.ts` runs it but without the app's files, in two steps: it loads its code, says so, and starts
// when it is told to (SIGUSR2). So a campaign of a thousand kills waits for starts, not for modules.

import { once } from 'node:events';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { runProcess } from '../process.ts';
import { startInterlude } from '../start.ts';

const log = createLog();
const told = once(process, 'SIGUSR2');
// Whoever was to tell it may be gone, and with a runner that was killed its servers are to end as well.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 1000);
log.info({ code: 'loaded' });
await told;

await runProcess((abort) => startInterlude({ config: readConfig(process.env), log, clientFolder: null, abort }), log);
