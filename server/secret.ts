// The server's own secret: 32 random bytes in `DATA_DIR/secret.key`, made at the first run, or `SECRET_KEY`. Everything
// that the server signs or seals for itself is under a subkey of it, one per purpose. Losing it loses the practices'
// sealed keys, so a file that is there but unusable stops the start; it is never replaced.

import { hkdfSync, randomBytes } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { parseSecret, SECRET_BYTES } from './secret-text.ts';
import { StartError } from './start-error.ts';
import { syncFolder, writeSynced } from './synced-file.ts';
import { openDataFolder } from './store/embedded-home.ts';

export type SecretLabel = 'auth' | 'sealing' | 'mark' | 'mail' | 'vapid' | 'relay' | 'invitation';

/** Where the secret of a data folder lies. */
export function secretFile(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

/** The secret, at least 32 bytes; makes its file at the first run. Throws StartError where the file cannot be used. */
export async function loadSecret(config: Pick<Config, 'dataDir' | 'secretKey'>): Promise<Uint8Array> {
  if (config.secretKey !== null) return config.secretKey;
  const file = secretFile(config.dataDir);
  return (await readSecret(file)) ?? (await makeSecret(config.dataDir, file));
}

/** The 32-byte subkey of one purpose (HKDF-SHA-256); other labels give unrelated keys. */
export function deriveKey(secret: Uint8Array, label: SecretLabel): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'interlude', label, SECRET_BYTES));
}

async function readSecret(file: string): Promise<Uint8Array | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(
      `${file} cannot be read (${error.code ?? 'unknown'}). It holds the key of this server's data.`,
    );
  });
  if (text === null) return null;
  const secret = parseSecret(text);
  if (secret !== null) return secret;
  throw new StartError(`${file} is damaged: expected 32 bytes as base64. Bring it back from a backup.`);
}

async function makeSecret(dataDir: string, file: string): Promise<Uint8Array> {
  await openDataFolder(dataDir);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeSynced(draft, `${randomBytes(SECRET_BYTES).toString('base64')}\n`);
    // A link fails where another start was first: then that one's secret holds for both.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(dataDir);
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(file);
  if (made === null) throw new StartError(`${file} went away while it was being made.`);
  return made;
}
