// `npm run restore -- <folder>`: puts a backup back, whole or not at all. Everything in it is checked before anything is
// touched; practices that are there are only replaced when `--replace` is said and agreed to. No server may run meanwhile.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { StartError } from '../start-error.ts';
import { agreed } from './agree.ts';
import { openBackup } from './backup/check.ts';
import { createProgress } from './backup/progress.ts';
import { putBack } from './backup/put-back.ts';
import { runLongCommand } from './long-command.ts';
import { alone } from './reach-database.ts';

const USAGE = 'npm run restore -- <folder> [--replace]';

await runLongCommand(async (abort) => {
  const { folder, replace } = readArguments();
  const config = readConfig(process.env);
  const progress = createProgress((text) => void process.stdout.write(text));
  progress.tell(`Checking ${folder}`);
  const backup = await openBackup(folder, { progress, abort });
  progress.tell(`Restoring what was backed up at ${backup.manifest.takenAt}`);
  const mayReplace = async () => {
    if (replace)
      return agreed({
        loss: 'all practices in the database',
        word: 'delete',
        command: 'npm run restore -- <folder> --replace',
      });
    throw new StartError('The database holds practices. To replace them with the backup, add --replace.');
  };
  await alone(config, (database) => putBack({ database, config, backup, mayReplace, progress, abort }));
  progress.tell('Done. Everyone has to sign in again; devices push again what they wrote since the backup.');
}, 'Called off. The database is what it was.');

function readArguments(): { folder: string; replace: boolean } {
  const options = { replace: { type: 'boolean', default: false }, yes: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [folder, ...more] = positionals;
    if (folder !== undefined && more.length === 0) return { folder: resolve(folder), replace: values.replace };
  } catch {
    // Told below, as what is unknown or too much.
  }
  throw new StartError(USAGE);
}
