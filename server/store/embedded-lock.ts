/**
 * One server per folder. The lock is a listening unix socket, so the kernel drops it with its
 * holder, also on `kill -9`, and it is seen across containers that share the folder. Taking over a
 * stale lock is free of races: locks are numbered, a number is never used twice while a higher one
 * stands, and `link` lets exactly one taker have the next number.
 */

import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-error.ts';
import { ownFolder, systemCode } from './embedded-files.ts';

/** Longest socket path in bytes that every supported system takes. */
export const SOCKET_PATH_LIMIT = 100;

/**
 * Takes the lock of a folder, which must exist. Gives back the act that releases it.
 * Throws `in-use`, naming `said`, at once when a live process holds it.
 */
export async function lockFolder(folder: string, said = folder): Promise<() => Promise<void>> {
  const locks = join(folder, 'lock');
  const { uid, gid } = await lstat(folder);
  await ownFolder(locks, 0o700, { uid, gid });
  const way = await shortWay(locks);
  const server = createServer((socket) => socket.destroy());
  try {
    const own = `t${randomBytes(4).toString('hex')}`;
    await listen(server, join(way.path, own));
    await chmod(join(locks, own), 0o666);
    await claim({ locks, way: way.path, own, said });
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await way.remove();
  }
  server.unref();
  return () => close(server);
}

async function claim(lock: { locks: string; way: string; own: string; said: string }): Promise<void> {
  const inUse = new EmbeddedPostgresError('in-use', `Another Interlude server is running on ${lock.said}.`);
  for (;;) {
    const standing = await highest(lock.locks);
    if (standing > 0 && (await answers(join(lock.way, String(standing))))) throw inUse;
    const mine = standing + 1;
    const linked = await link(join(lock.locks, lock.own), join(lock.locks, String(mine))).then(
      () => 'linked',
      (error: unknown) => systemCode(error),
    );
    // The winner sweeps the drafts of those who lost.
    if (linked === 'ENOENT') throw inUse;
    if (linked === 'EEXIST') continue;
    if (linked !== 'linked')
      throw new EmbeddedPostgresError('closed', `No lock can be made in ${lock.locks}: ${linked}`);
    // A listing taken while another taker swept may have missed its number.
    if ((await highest(lock.locks)) === mine) return sweep(lock.locks, String(mine));
    await rm(join(lock.locks, String(mine)), { force: true });
  }
}

async function highest(locks: string): Promise<number> {
  const numbers = (await readdir(locks)).filter((name) => /^\d+$/.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

async function sweep(locks: string, keep: string): Promise<void> {
  for (const name of await readdir(locks)) {
    if (name !== keep) await rm(join(locks, name), { force: true });
  }
}

/** Is somebody listening on this socket? */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      const code = systemCode(error);
      // Anything else (no right to connect, a full queue) means that somebody may be there.
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT');
    });
  });
}

/** A path to the folder short enough for a socket, through a link in a private folder where its own is too long. */
async function shortWay(folder: string): Promise<{ path: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(join(folder, 't00000000')) <= SOCKET_PATH_LIMIT) {
    return { path: folder, remove: () => Promise.resolve() };
  }
  const holder = await mkdtemp('/tmp/interlude-');
  const path = join(holder, 'd');
  await symlink(folder, path);
  return { path, remove: () => rm(holder, { recursive: true, force: true }) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
