// A server process without rooms, for the tests of its life. Settings come from the environment, the manner from the
// argument: `plain`, or `endless`, which never gets through its start. `/api/crash` throws, `/api/held` never answers.

import { once } from 'node:events';
import { readConfig } from './config.ts';
import { startHouse } from './house.ts';
import { createLog } from './log.ts';
import { runProcess } from './process.ts';

const manner = process.argv[2] ?? 'plain';
const log = createLog();

await runProcess(async (abort) => {
  const config = readConfig(process.env);
  return startHouse({
    config,
    log,
    clientFolder: null,
    abort,
    furnish: async () => {
      log.info({ code: 'furnishing' });
      if (manner === 'endless') await once(abort, 'abort');
      return {
        mount: (app) => {
          app.get('/api/crash', (c) => {
            setImmediate(() => {
              throw new TypeError('Ana Example, anorexia');
            });
            return c.json({});
          });
          app.get('/api/held', () => {
            log.info({ code: 'held' });
            return new Promise<Response>(() => undefined);
          });
        },
        upgrade: (_request, socket) => socket.destroy(),
        closeSockets: () => undefined,
        begin: () => async () => undefined,
      };
    },
  });
}, log);
