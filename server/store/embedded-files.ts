/**
 * Small file acts of the embedded PostgreSQL that must survive a crash or a hostile umask:
 * writing a file whole or not at all, making a folder with an exact owner and mode.
 */

import { randomBytes } from 'node:crypto';
import { chmod, lchown, lstat, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { EmbeddedPostgresError } from './embedded-error.ts';

/** Error code of a failed system call (`ENOENT`), or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The value of `act`, or undefined when what it looks for does not exist. */
export async function ifThere<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The text of a file, or undefined when there is none. */
export function readIfThere(path: string): Promise<string | undefined> {
  return ifThere(readFile(path, 'utf8'));
}

/** Writes a file that is either the old one or whole, also across a power cut. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameDurably(draft, path);
}

/** Renames and makes the renaming itself survive a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Makes the folder where it is missing and gives it exactly this mode (whatever the umask) and, as root, this owner.
 * Throws `closed` when something other than a folder lies there: root must not hand a link's target away.
 */
export async function ownFolder(path: string, mode: number, owner?: { uid: number; gid: number }): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  if (!found.isDirectory()) throw new EmbeddedPostgresError('closed', `${path} is not a folder.`);
  if (owner !== undefined && (found.uid !== owner.uid || found.gid !== owner.gid)) {
    await lchown(path, owner.uid, owner.gid);
  }
  if ((found.mode & 0o777) !== mode) await chmod(path, mode);
}
