/**
 * The account PostgreSQL runs as. PostgreSQL refuses root, so a server started as root hands its
 * child to another uid: the owner of an existing cluster, else `interlude` (made when the machine
 * can), else `postgres` or `nobody`. A server that is not root keeps its own uid.
 */

import { spawnSync } from 'node:child_process';

import { EmbeddedPostgresError } from './embedded-error.ts';

export type Account = { uid: number; gid: number; kind: 'self' | 'other' };

const CREATED = 'interlude';
const FALLBACKS = ['postgres', 'nobody'];

/** The child sees none of the server's environment: it may hold secrets, or PG* variables meant for another server. */
export const childEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** True when this process is root and so must run PostgreSQL as somebody else. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The spawn options that make a child run as the account. */
export function runAs(account: Account): { uid?: number; gid?: number } {
  return account.kind === 'other' ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * The account for a cluster owned by `owner`, or for a new cluster when there is none.
 * Throws `closed` when this process is not root and the cluster is somebody else's, `no-account` when root finds nobody.
 */
export function chooseAccount(owner: { uid: number; gid: number } | undefined): Account {
  if (!isRoot()) return ownAccount(owner);
  if (owner !== undefined && owner.uid !== 0) return { ...owner, kind: 'other' };
  const account = lookUp(CREATED) ?? create() ?? FALLBACKS.map(lookUp).find((found) => found !== undefined);
  if (account !== undefined) return account;
  throw new EmbeddedPostgresError(
    'no-account',
    `PostgreSQL does not run as root, and this machine has no other account for it. Make one: useradd --system ${CREATED}`,
  );
}

/** Really tries, as the account: does this shell test hold? `$1` stands for the path. */
export function holdsFor(account: Account, test: string, path: string): boolean {
  const options = { ...runAs(account), cwd: '/', env: childEnvironment, stdio: 'ignore' } as const;
  return spawnSync('/bin/sh', ['-c', test, 'sh', path], options).status === 0;
}

/** May the account walk into this folder? */
export function mayEnter(account: Account, folder: string): boolean {
  return account.kind === 'self' || holdsFor(account, 'cd "$1"', folder);
}

function ownAccount(owner: { uid: number } | undefined): Account {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new EmbeddedPostgresError('unsupported', 'The embedded PostgreSQL needs Linux or macOS: set DATABASE_URL.');
  }
  if (owner !== undefined && owner.uid !== uid) {
    throw new EmbeddedPostgresError(
      'closed',
      `The database belongs to uid ${owner.uid}, this server runs as uid ${uid}: start it as that account, or as root.`,
    );
  }
  return { uid, gid, kind: 'self' };
}

function lookUp(name: string): Account | undefined {
  const uid = idOf('-u', name);
  const gid = idOf('-g', name);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid, kind: 'other' };
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const found = spawnSync('id', [flag, name], { encoding: 'utf8', env: childEnvironment });
  return found.status === 0 && /^\d+\n$/.test(found.stdout) ? Number(found.stdout) : undefined;
}

function create(): Account | undefined {
  const home = '/nonexistent';
  const shell = '/usr/sbin/nologin';
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', home, '--shell', shell, CREATED]],
    ['adduser', ['--system', '--group', '--no-create-home', '--home', home, '--shell', shell, CREATED]],
  ];
  for (const [command, args] of ways) {
    spawnSync(command, args, { stdio: 'ignore', env: childEnvironment });
    // Asked again even after a failure: another server may have made it in the same moment.
    const made = lookUp(CREATED);
    if (made !== undefined) return made;
  }
  return undefined;
}
