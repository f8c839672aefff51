// The whole server without a built app, as a process of its own.

import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { runProcess } from '../../process.ts';
import { startInterlude } from '../../start.ts';

const log = createLog();
await runProcess((abort) => startInterlude({ config: readConfig(process.env), log, clientFolder: null, abort }), log);
