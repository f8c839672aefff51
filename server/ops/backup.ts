// `npm run backup [-- <folder>]`: a backup of everything, also while the server runs and people write. Afterwards devices are
// told how far it reaches. For whoever backs up PostgreSQL by other means: `-- --point <file>` notes how far everything reaches
// before that backup begins, `-- --mark <file>` tells the devices once it is safe.

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';
import { markBackedUp, readPoint } from '../store/backup/backup-point.ts';
import type { Database } from '../store/database.ts';
import { refuseNewer } from '../store/migrate.ts';
import { writeSynced } from '../synced-file.ts';
import { readVersion } from '../version.ts';
import { createProgress, inUnits } from './backup/progress.ts';
import { takeBackup } from './backup/take.ts';
import { runLongCommand } from './long-command.ts';
import { besideServer } from './reach-database.ts';

const USAGE = 'npm run backup [-- <folder>], or -- --point <file>, or -- --mark <file>';
const pointShape = z.object({ epoch: z.uuid(), versions: z.record(z.uuid(), z.int().nonnegative()) });
const say = (text: string) => void process.stdout.write(text);

await runLongCommand(async (abort) => {
  const asked = readArguments();
  const config = readConfig(process.env);
  await besideServer(config, async (database) => {
    if (asked.point !== undefined) return notePoint(database, asked.point);
    if (asked.mark !== undefined) return markPoint(database, asked.mark);
    return backUp({ database, config, folder: asked.folder, abort });
  });
}, 'Called off. Nothing was left behind.');

function readArguments(): { folder?: string | undefined; point?: string | undefined; mark?: string | undefined } {
  const options = { point: { type: 'string' }, mark: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [folder, ...more] = positionals;
    const ways = [folder, values.point, values.mark].filter((way) => way !== undefined);
    if (more.length === 0 && ways.length <= 1) return { folder, ...values };
  } catch {
    // Told below, as what is unknown or too much.
  }
  throw new StartError(USAGE);
}

async function backUp(on: {
  database: Database;
  config: Config;
  folder: string | undefined;
  abort: AbortSignal;
}): Promise<void> {
  const { database, config, abort } = on;
  const folder = resolve(
    on.folder ?? join(config.dataDir, 'backups', new Date().toISOString().replaceAll(/[:.]/g, '-')),
  );
  const progress = createProgress(say);
  progress.tell(`Backing up to ${folder}`);
  const manifest = await takeBackup({ database, config, folder, app: await readVersion(), progress, abort });
  await markBackedUp(database.db, manifest);
  const bytes = [...manifest.tables, ...manifest.files].reduce((sum, file) => sum + file.bytes, 0);
  say(`Done: ${inUnits(bytes)} in ${folder}. It can read everything: keep it as safe as the server.\n`);
  if (manifest.secret === null) say('The secret is not in it: keep SECRET_KEY, without which it cannot be used.\n');
  if (folder.startsWith(join(config.dataDir, '/'))) {
    say('It lies beside the data: copy it to another disk. Devices let go of their own copies of what is in it.\n');
  }
}

async function notePoint(database: Database, file: string): Promise<void> {
  await refuseNewer(database.db);
  await writeSynced(file, `${JSON.stringify(await readPoint(database.db))}\n`);
  say(`Noted in ${file}. Begin your backup now; once it is safe, say npm run backup -- --mark ${file}\n`);
}

async function markPoint(database: Database, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const point = pointShape.safeParse(parsed(text));
  if (!point.success) throw new StartError(`${file} is not what npm run backup -- --point wrote.`);
  if ((await readPoint(database.db)).epoch !== point.data.epoch) {
    throw new StartError('The database was restored since that point: take a new one, and a new backup.');
  }
  say(`Marked. ${await markBackedUp(database.db, point.data)} practices are backed up further than before.\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
