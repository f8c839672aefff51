/**
 * Where the PostgreSQL of a data folder lives: cluster, socket, log, programs, and as which account.
 * Home is `<dataDir>/postgres` wherever the account may enter it. Where it may not (a server started
 * as root in a folder only root may enter), home lies under `/var/lib/interlude` and a pointer file in
 * the data folder names it by a random id, so a folder that was thrown away and made again never
 * meets its predecessor's cluster. Nothing here starts a process that outlives the call.
 */

import { createHash, randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type Account, chooseAccount, isRoot, mayEnter } from './embedded-account.ts';
import { installedBinaries, openBinaries } from './embedded-binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { ifThere, ownFolder, readIfThere, writeWhole } from './embedded-files.ts';
import { SOCKET_PATH_LIMIT } from './embedded-lock.ts';

/** Everything that starting a postmaster needs to know about its place. */
export interface Home {
  path: string;
  data: string;
  log: string;
  binaries: string;
  account: Account;
}

const POINTER = 'postgres-home';
const OUTSIDE = ['/var/lib/interlude', '/var/tmp/interlude'];
const OUTSIDE_HOME = new RegExp(`^(?:${OUTSIDE.join('|')})/data-[0-9a-f]{12}-[0-9a-f]{24}$`);
const SHORT_FOLDER = /^\/(?:run|tmp)\/interlude-\w{6}$/;
const SOCKET_NAME = '.s.PGSQL.5432';

/** Makes the data folder where it is missing and gives its real path. */
export async function openDataFolder(dataDir: string): Promise<string> {
  // Root's PostgreSQL runs as another account: it may pass through, not look around.
  const mode = isRoot() ? 0o711 : 0o700;
  const made = await mkdir(dataDir, { recursive: true, mode });
  if (made !== undefined) await chmod(dataDir, mode);
  return realpath(dataDir);
}

/** The place inside a home where its cluster lies. */
export function clusterOf(home: string): string {
  return join(home, 'data');
}

/**
 * The home that a data folder has, or undefined when it never had one.
 * Throws `gone` when its pointer names a home that is not there: starting afresh would look like lost data.
 */
export async function findHome(dataDir: string): Promise<string | undefined> {
  const pointer = (await readIfThere(join(dataDir, POINTER)))?.trim();
  if (pointer === undefined) {
    const inside = join(dataDir, 'postgres');
    return (await ifThere(lstat(inside))) === undefined ? undefined : inside;
  }
  if (OUTSIDE_HOME.test(pointer) && (await ifThere(lstat(pointer)))?.isDirectory()) return pointer;
  throw new EmbeddedPostgresError(
    'gone',
    `${join(dataDir, POINTER)} says that the database lies in ${pointer}, but it is not there. ` +
      'Bring it back, or remove that file to begin with an empty database.',
  );
}

/**
 * The home of a data folder, made when it has none. `native` names the PostgreSQL programs to run
 * (default: the installed package). Throws `closed`, `gone`, `no-account` or `unsupported`.
 */
export async function openHome(dataDir: string, native = installedBinaries()): Promise<Home> {
  const found = await findHome(dataDir);
  const owner = found === undefined ? undefined : await ifThere(stat(clusterOf(found)));
  const account = chooseAccount(owner && { uid: owner.uid, gid: owner.gid });
  const path = found ?? (await makeHome(dataDir, account));
  if (!mayEnter(account, path)) {
    throw new EmbeddedPostgresError(
      'closed',
      `The database lies in ${path}, which the account with uid ${account.uid} may not enter: ` +
        'open that folder and those above it to it (chmod a+x).',
    );
  }
  const binaries = await openBinaries(native, account, account.kind === 'other' ? await outside(account) : dataDir);
  return { path, data: clusterOf(path), log: join(path, 'postgres.log'), binaries, account };
}

/** Removes a home with all its data, and the pointer to it. Its postmaster must have been stopped. */
export async function removeHome(dataDir: string, home: string): Promise<void> {
  await closeSocketFolder(home);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  await rm(join(dataDir, POINTER), { force: true });
}

/**
 * An empty folder for the socket that only the account (and root) may enter: `again`, the one of a
 * postmaster that died, or one in the home, or a short private one, written down in the home, where
 * a path in the home would be too long for a socket.
 */
export async function openSocketFolder(home: Home, again?: string): Promise<string> {
  if (again === undefined) await closeSocketFolder(home.path);
  else await rm(again, { recursive: true, force: true });
  const folder = again ?? (await newSocketFolder(home));
  await ownFolder(folder, 0o700, home.account);
  return folder;
}

/** Removes the socket folder of a home whose postmaster has stopped. */
export async function closeSocketFolder(home: string): Promise<void> {
  const short = await shortFolderOf(home);
  if (short !== undefined) await rm(short, { recursive: true, force: true });
  await rm(shortRecord(home), { force: true });
  await rm(join(home, 'socket'), { recursive: true, force: true });
}

/** Where a postmaster of this home would be listening. */
export async function socketPath(home: string): Promise<string> {
  return join((await shortFolderOf(home)) ?? join(home, 'socket'), SOCKET_NAME);
}

async function makeHome(dataDir: string, account: Account): Promise<string> {
  if (mayEnter(account, dataDir)) {
    const inside = join(dataDir, 'postgres');
    await ownFolder(inside, modeOf(account));
    return inside;
  }
  const place = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const home = join(await outside(account), `data-${place}-${randomBytes(12).toString('hex')}`);
  await ownFolder(home, modeOf(account));
  // Last, so that a pointer never names a home that was not made.
  await writeWhole(join(dataDir, POINTER), `${home}\n`);
  return home;
}

/** Root's home lets the account pass to its own closed folders, and to nothing else. */
function modeOf(account: Account): number {
  return account.kind === 'other' ? 0o711 : 0o700;
}

/** The folder of root's that the account may enter, for what cannot lie in place. */
async function outside(account: Account): Promise<string> {
  for (const folder of OUTSIDE) {
    if ((await ifThere(stat(dirname(folder)))) === undefined) continue;
    const ours = await ownFolder(folder, 0o755, { uid: 0, gid: 0 }).then(
      () => true,
      () => false,
    );
    if (ours && mayEnter(account, folder)) return folder;
  }
  throw new EmbeddedPostgresError(
    'closed',
    `The account with uid ${account.uid} may enter neither the data folder nor any of ${OUTSIDE.join(', ')}.`,
  );
}

function shortRecord(home: string): string {
  return join(home, 'socket-folder');
}

async function shortFolderOf(home: string): Promise<string | undefined> {
  const recorded = (await readIfThere(shortRecord(home)))?.trim();
  return recorded !== undefined && SHORT_FOLDER.test(recorded) ? recorded : undefined;
}

async function newSocketFolder(home: Home): Promise<string> {
  const inside = join(home.path, 'socket');
  // PostgreSQL reads a list of folders here, so a comma or a quote cannot stand in the path.
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= SOCKET_PATH_LIMIT && !/[",\\]/.test(inside)) return inside;
  // A user's own folder under /run goes when they sign out, so only root's server uses /run.
  const base = isRoot() && mayEnter(home.account, '/run') ? '/run' : '/tmp';
  const folder = await mkdtemp(join(base, 'interlude-'));
  await writeWhole(shortRecord(home.path), `${folder}\n`);
  return folder;
}

/** A home outside of its data folder can be reached through a copied pointer too, and so needs its own lock. */
export function isOutside(dataDir: string, home: string): boolean {
  return dirname(home) !== dataDir;
}
