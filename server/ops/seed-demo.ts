// `npm run seed`: puts the demo practices into the database of the settings, and prints the accounts.

import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { startInterlude } from '../start.ts';
import { runCommand } from './command.ts';
import { accountsTable } from './accounts-table.ts';
import { seedGuarded } from './seed-guarded.ts';

await runCommand(async () => {
  let accounts = '';
  const running = await startInterlude({
    config: { ...readConfig(process.env), port: 0 },
    log: createLog({ least: 'warn' }),
    clientFolder: null,
    seed: async (ground) => {
      accounts = accountsTable(await seedGuarded(ground));
    },
  });
  await running.stop();
  process.stdout.write(accounts);
});
