// Takes a backup: one moment of the database, the secret it is under, and the stored files, in a folder of its own. Written
// under a name that says that it is unfinished, through to the disk, and named at the end: a killed one is never taken for a
// backup. Files are copied after the moment, so every row's file is there; they are named by content and never change.

import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Config } from '../../config.ts';
import { StartError } from '../../start-error.ts';
import type { Database } from '../../store/database.ts';
import { nameOf } from '../../store/backup/stored-tables.ts';
import { withSnapshot } from '../../store/backup/snapshot.ts';
import type { Snapshot } from '../../store/backup/snapshot.ts';
import { syncFolder } from '../../synced-file.ts';
import { backUpSecret } from './backed-secret.ts';
import { writeDigested } from './digested.ts';
import { FILES, tableFile, TABLES, writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { inUnits } from './progress.ts';
import type { Progress } from './progress.ts';

export interface Taking {
  readonly database: Database;
  readonly config: Pick<Config, 'dataDir' | 'secretKey'>;
  /** Where the backup is to lie; must not be there yet. */
  readonly folder: string;
  readonly app: string;
  readonly progress: Progress;
  readonly abort: AbortSignal;
}

/** Takes one, or leaves nothing. Throws StartError for what an operator can mend. */
export async function takeBackup(taking: Taking): Promise<Omit<Manifest, 'format'>> {
  const { folder } = taking;
  if (await isThere(folder)) throw new StartError(`${folder} is there already: name a folder that is not.`);
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const draft = `${folder}.unfinished-${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { mode: 0o700 });
  try {
    const manifest = await fill(draft, taking);
    taking.abort.throwIfAborted();
    await rename(draft, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function fill(draft: string, taking: Taking): Promise<Omit<Manifest, 'format'>> {
  const takenAt = new Date().toISOString();
  const fromDatabase = await withSnapshot(taking.database, async (snapshot) => ({
    migrations: [...snapshot.migrations],
    ...snapshot.point,
    tables: await copyTables(draft, snapshot, taking),
    secret: await backUpSecret(draft, snapshot.secretMark, taking.config),
  }));
  const files = await copyFiles(draft, taking);
  const manifest = { app: taking.app, takenAt, ...fromDatabase, files };
  await writeManifest(draft, manifest);
  await syncFolder(draft);
  return manifest;
}

async function copyTables(draft: string, snapshot: Snapshot, { progress, abort }: Taking): Promise<Manifest['tables']> {
  await mkdir(join(draft, TABLES), { mode: 0o700 });
  const tables: Manifest['tables'] = [];
  for (const table of snapshot.tables) {
    const rows = snapshot.copy(table);
    const watch = { abort, passed: progress.counter(nameOf(table)) };
    const digest = await writeDigested(rows, join(draft, tableFile(table)), watch);
    tables.push({ ...table, columns: [...table.columns], rows: rows.rows, ...digest });
    if (rows.rows > 0) progress.tell(`  ${nameOf(table)}: ${rows.rows} rows, ${inUnits(digest.bytes)}`);
  }
  await syncFolder(join(draft, TABLES));
  return tables;
}

async function copyFiles(draft: string, { config, progress, abort }: Taking): Promise<Manifest['files']> {
  const from = join(config.dataDir, FILES);
  const files: Manifest['files'] = [];
  if (!(await isThere(from))) return files;
  const passed = progress.counter('files');
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name));
    const to = join(draft, FILES, path);
    if (!entry.isFile()) continue;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const digest = await writeDigested(createReadStream(join(from, path)), to, { abort, passed });
    await syncFolder(dirname(to));
    files.push({ path, ...digest });
  }
  progress.tell(`  files: ${files.length}, ${inUnits(files.reduce((sum, { bytes }) => sum + bytes, 0))}`);
  return files;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
