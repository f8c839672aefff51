// The program of `npm start` with the built app of another folder: the argument.

import { must } from '../../src/base/must.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { runProcess } from '../process.ts';
import { startInterlude } from '../start.ts';

const log = createLog();
const clientFolder = must(process.argv[2], 'the folder of the app');

await runProcess((abort) => startInterlude({ config: readConfig(process.env), log, clientFolder, abort }), log);
