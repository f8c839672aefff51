// `npm run reset`: deletes the embedded database of the data folder, and the secret that opens it, for good. Asks first,
// unless it is told `-- --yes`; never touches a database of `DATABASE_URL`.

import { rm } from 'node:fs/promises';
import { readConfig } from '../config.ts';
import { secretFile } from '../secret.ts';
import { StartError } from '../start-error.ts';
import { removeEmbeddedPostgres } from '../store/embedded.ts';
import { agreed } from './agree.ts';
import { runCommand } from './command.ts';

await runCommand(reset);

async function reset(): Promise<void> {
  const config = readConfig(process.env);
  if (config.databaseUrl !== null) throw new StartError('DATABASE_URL is set: empty an outside database yourself.');
  const ask = { loss: `all data in ${config.dataDir}`, word: 'delete', command: 'npm run reset --' };
  if (!(await agreed(ask))) throw new StartError('Nothing was deleted.');
  await removeEmbeddedPostgres(config.dataDir);
  await rm(secretFile(config.dataDir), { force: true });
  process.stdout.write(`The database in ${config.dataDir} is gone.\n`);
}
