// A backup as it is found: nothing is done with one before every file of it was read and is what the manifest says.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSecret } from '../../secret-text.ts';
import { digestOf, readDigested } from './digested.ts';
import type { Watch } from './digested.ts';
import { damaged, FILES, readManifest, SECRET, tableFile } from './manifest.ts';
import type { Digest, Manifest } from './manifest.ts';
import type { Progress } from './progress.ts';

/** A backup whose files were all as they should be. */
export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** As its file says it; null where the server had it from SECRET_KEY. */
  readonly secretText: string | null;
}

/** Throws StartError, naming the file, where anything is missing or changed, or where only a newer version can read it. */
export async function openBackup(folder: string, on: { progress: Progress; abort: AbortSignal }): Promise<Backup> {
  const manifest = await readManifest(folder);
  const watch = { abort: on.abort, passed: on.progress.counter('checking') };
  for (const table of manifest.tables) await check(folder, tableFile(table), { expected: table, watch });
  for (const file of manifest.files) await check(folder, join(FILES, file.path), { expected: file, watch });
  if (manifest.secret === null) return { folder, manifest, secretText: null };
  await check(folder, SECRET, { expected: manifest.secret, watch });
  const secretText = await readFile(join(folder, SECRET), 'utf8');
  if (parseSecret(secretText) === null) throw damaged(folder, SECRET, 'it is no secret');
  return { folder, manifest, secretText };
}

/** Reads one of its files once more; throws at its end where it has changed since it was checked. */
export function readBacked(
  folder: string,
  file: string,
  { expected, watch }: { expected: Digest; watch: Watch },
): AsyncIterable<Uint8Array> {
  const fault = () => damaged(folder, file, 'it changed while it was read');
  return readDigested(join(folder, file), { ...watch, expected, fault });
}

async function check(
  folder: string,
  file: string,
  { expected, watch }: { expected: Digest; watch: Watch },
): Promise<void> {
  const found = await digestOf(join(folder, file), watch).catch((error: NodeJS.ErrnoException) => {
    watch.abort.throwIfAborted();
    throw damaged(folder, file, error.code ?? 'it cannot be read');
  });
  if (found.bytes !== expected.bytes) throw damaged(folder, file, `${found.bytes} bytes instead of ${expected.bytes}`);
  if (found.sha256 !== expected.sha256) throw damaged(folder, file, 'its content changed');
}
