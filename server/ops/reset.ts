// `npm run reset`: deletes the embedded database of the data folder, and the secret that opens it, for good. Asks first,
// unless it is told `-- --yes`; never touches a database of `DATABASE_URL`.

import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { readConfig } from '../config.ts';
import { secretFile } from '../secret.ts';
import { StartError } from '../start-error.ts';
import { removeEmbeddedPostgres } from '../store/embedded.ts';
import { runCommand } from './command.ts';

await runCommand(reset);

async function reset(): Promise<void> {
  const config = readConfig(process.env);
  if (config.databaseUrl !== null) throw new StartError('DATABASE_URL is set: empty an outside database yourself.');
  if (!(await agreed(config.dataDir))) throw new StartError('Nothing was deleted.');
  await removeEmbeddedPostgres(config.dataDir);
  await rm(secretFile(config.dataDir), { force: true });
  process.stdout.write(`The database in ${config.dataDir} is gone.\n`);
}

async function agreed(dataDir: string): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) throw new StartError(`This deletes all data in ${dataDir}: say npm run reset -- --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete all data in ${dataDir}? Type "delete": `);
  terminal.close();
  return answer.trim() === 'delete';
}
