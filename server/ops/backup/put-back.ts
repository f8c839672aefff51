// Puts a checked backup back. Order is what makes a kill harmless: files first (they are named by content: more of them never
// hurts; those of a replaced database stay), then the backup's secret beside the old one, then the database in one
// transaction, then the secrets change places. A start in between takes whichever secret the database is under.

import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from '../../../src/base/must.ts';
import type { Config } from '../../config.ts';
import { StartError } from '../../start-error.ts';
import { nameOf } from '../../store/backup/stored-tables.ts';
import { groundOf, rebuild } from '../../store/backup/rebuild.ts';
import type { Contents } from '../../store/backup/rebuild.ts';
import type { Database } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { checkSecret } from '../../store/secret-mark.ts';
import { syncFolder } from '../../synced-file.ts';
import { promote } from '../rotate-secret.ts';
import { placeNext, secretFor, settleNext } from './backed-secret.ts';
import { readBacked } from './check.ts';
import type { Backup } from './check.ts';
import { digestOf, writeDigested } from './digested.ts';
import { FILES, tableFile } from './manifest.ts';
import { inUnits } from './progress.ts';
import type { Progress } from './progress.ts';

export interface Putting {
  readonly database: Database;
  readonly config: Pick<Config, 'dataDir' | 'secretKey'>;
  readonly backup: Backup;
  /** Asked where the database holds practices; false leaves them. */
  readonly mayReplace: () => Promise<boolean>;
  readonly progress: Progress;
  readonly abort: AbortSignal;
}

/** Restores and gives the new epoch. Throws StartError for what an operator can mend; the database is then what it was. */
export async function putBack(putting: Putting): Promise<string> {
  const { database, config, backup } = putting;
  const ground = await groundOf(database);
  if (ground === 'foreign') throw new StartError('This database holds tables of another program. Name one of its own.');
  if (ground === 'practices' && !(await putting.mayReplace())) throw new StartError('Nothing was changed.');
  const secret = await secretFor(backup, config);
  await putFiles(putting);
  const owns = backup.secretText !== null && config.secretKey === null;
  // The database that stands, should this fail, may be under a secret that a killed rotation left there.
  if (owns && ground === 'practices') await settleNext(database.db, config.dataDir);
  const epoch = await rebuild(database, contentsOf(putting), async (tx) => {
    await checkSecret(tx, secret);
    putting.abort.throwIfAborted();
    if (owns) await placeNext(config.dataDir, backup.secretText);
  });
  if (owns) await promote(config.dataDir);
  // Nothing is left to run; this is the migrator's own look at what was put there.
  await migrate(database.db);
  return epoch;
}

function contentsOf({ backup, progress, abort }: Putting): Contents {
  const { folder, manifest } = backup;
  return {
    migrations: manifest.migrations,
    tables: manifest.tables,
    read: (table) => {
      const expected = must(
        manifest.tables.find((one) => nameOf(one) === nameOf(table)),
        'a table of the manifest',
      );
      if (expected.rows > 0) progress.tell(`  ${nameOf(table)}: ${expected.rows} rows, ${inUnits(expected.bytes)}`);
      const watch = { abort, passed: progress.counter(nameOf(table)) };
      return readBacked(folder, tableFile(table), { expected, watch });
    },
  };
}

async function putFiles({ backup, config, progress, abort }: Putting): Promise<void> {
  const watch = { abort, passed: progress.counter('files') };
  for (const file of backup.manifest.files) {
    const to = join(config.dataDir, FILES, file.path);
    const there = await digestOf(to, watch).catch(() => null);
    if (there?.sha256 === file.sha256) continue;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const draft = `${to}.unfinished`;
    await rm(draft, { force: true });
    await writeDigested(readBacked(backup.folder, join(FILES, file.path), { expected: file, watch }), draft, watch);
    await rename(draft, to);
    await syncFolder(dirname(to));
  }
  if (backup.manifest.files.length > 0) progress.tell(`  files: ${backup.manifest.files.length}`);
}
