// What stands in a backup's `manifest.json`: what it is, and of every file its length and SHA-256. The manifest's own digest
// lies beside it, in the form of `sha256sum`. It is written last, so a folder without it is no backup.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { StartError } from '../../start-error.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { nameOf } from '../../store/backup/stored-tables.ts';
import { writeSynced } from '../../synced-file.ts';

/** Counts up when an older program could no longer read what a newer one writes. */
const FORMAT = 1;
const MANIFEST = 'manifest.json';
const MANIFEST_DIGEST = 'manifest.sha256';

const count = z.int().nonnegative();
const digest = z.strictObject({ bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const word = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const inside = z.string().refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part)));

const manifestShape = z.object({
  format: z.literal(FORMAT),
  app: z.string(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  epoch: z.uuid(),
  /** Of every practice, by its id. */
  versions: z.record(z.uuid(), count),
  /** The secret's file; null where the server has it from SECRET_KEY. */
  secret: z.nullable(digest),
  tables: z.array(z.strictObject({ schema: word, name: word, columns: z.array(word), rows: count, ...digest.shape })),
  files: z.array(z.strictObject({ path: inside, ...digest.shape })),
});

export type Digest = z.infer<typeof digest>;
export type Manifest = z.infer<typeof manifestShape>;

export const SECRET = 'secret.key';
export const TABLES = 'tables';
export const FILES = 'files';

/** Where the rows of a table lie in a backup. */
export function tableFile(table: { schema: string; name: string }): string {
  return join(TABLES, `${nameOf(table)}.copy`);
}

export async function writeManifest(folder: string, manifest: Omit<Manifest, 'format'>): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...manifest }, null, 2)}\n`;
  await writeSynced(join(folder, MANIFEST), text);
  await writeSynced(join(folder, MANIFEST_DIGEST), `${sha256Of(text)}  ${MANIFEST}\n`);
}

/** Throws StartError where there is none, where it was changed, or where only a newer version can read it. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readPart(folder, MANIFEST);
  const [said = ''] = (await readPart(folder, MANIFEST_DIGEST)).split(' ');
  if (said !== sha256Of(text)) throw damaged(folder, MANIFEST, 'its digest is another');
  const json: unknown = JSON.parse(text);
  refuseNewer(json);
  const parsed = manifestShape.safeParse(json);
  if (parsed.success) return parsed.data;
  throw damaged(folder, MANIFEST, `wrong at ${parsed.error.issues[0]?.path.join('.') ?? 'its root'}`);
}

/** What a backup says when one of its files is not what it was. */
export function damaged(folder: string, file: string, how: string): StartError {
  return new StartError(`${join(folder, file)} is damaged (${how}). Nothing was changed; use another backup.`);
}

function refuseNewer(json: unknown): void {
  const { format, app, migrations } = z
    .looseObject({ format: count, app: z.string(), migrations: z.array(z.string()) })
    .parse(json);
  if (format <= FORMAT && migrations.every((name) => Object.hasOwn(MIGRATIONS, name))) return;
  throw new StartError(`This backup was made by a newer version of Interlude (${app}). Restore it with that one.`);
}

async function readPart(folder: string, file: string): Promise<string> {
  return readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`${folder} is not a whole backup: ${file} cannot be read (${error.code ?? 'unknown'}).`);
  });
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
