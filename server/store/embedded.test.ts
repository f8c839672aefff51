import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type Account, chooseAccount, isRoot, mayEnter, runAs } from './embedded-account.ts';
import { installedBinaries, openBinaries } from './embedded-binaries.ts';
import { postmasterPid } from './embedded-orphan.ts';
import { removeEmbeddedPostgres, type RunningPostgres, startEmbeddedPostgres } from './embedded.ts';

type Event = { code: string; [key: string]: string | number };

const asRoot = isRoot();
const NOBODY: Account = { uid: 65534, gid: Number(idOf('nobody')), kind: 'other' };
const PATIENCE = { timeout: 15_000, interval: 10 };
const FIXTURE = fileURLToPath(new URL('embedded-child.fixture.ts', import.meta.url));

let base = '';
let binaries = '';
const folders: string[] = [];
const children: ChildProcess[] = [];
const running: RunningPostgres[] = [];

beforeAll(async () => {
  base = await mkdtemp('/tmp/interlude-test-');
  await chmod(base, 0o755);
  binaries = asRoot ? await openBinaries(installedBinaries(), NOBODY, base) : installedBinaries();
});

afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  for (const postgres of running) await postgres.stop();
  for (const folder of folders) await removeEmbeddedPostgres(folder);
  await rm(base, { recursive: true, force: true });
});

function idOf(name: string): string {
  return spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout.trim();
}

/** A path for a data folder that is cleared away at the end. */
function folder(...names: string[]): string {
  const path = join(base, ...names);
  folders.push(path);
  return path;
}

async function start(dataDir: string, events: Event[] = []): Promise<RunningPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, binaries, log: (event) => events.push(event) });
  running.push(postgres);
  return postgres;
}

async function ask(postgres: { connection: pg.ClientConfig }, sql: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query<Record<string, unknown>>(sql);
    return found.rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** The live processes whose command line names the path. */
async function processesNaming(path: string): Promise<number[]> {
  const found = spawnSync('ps', ['-Awwo', 'pid=,stat=,args='], { encoding: 'utf8' }).stdout.split('\n');
  const lines = found.map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line));
  return lines
    .filter(
      (line) => line !== null && !line[2]?.startsWith('Z') && line[3]?.includes(path) && !line[3].includes(FIXTURE),
    )
    .map((line) => Number(line?.[1]));
}

/** Another server process on a data folder, and what it says. */
function serverProcess(dataDir: string, uid = 0): { child: ChildProcess; said(code: string): Promise<Event> } {
  const args = ['--import', 'tsx', FIXTURE, dataDir, binaries, String(uid)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const events: Event[] = [];
  if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => events.push(JSON.parse(line)));
  const said = (code: string) =>
    vi.waitFor(() => {
      const event = events.find((one) => one.code === code);
      if (event === undefined) throw new Error(`${code} not among ${JSON.stringify(events)}`);
      return event;
    }, PATIENCE);
  return { child, said };
}

async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const codes = (events: Event[]) => events.map((event) => event.code);

describe('one data folder through its life', { timeout: 20_000 }, () => {
  const data = () => join(base, 'shared');
  const cluster = () => join(data(), 'postgres', 'data');

  test('the first start makes a durable, closed, UTF-8 database', async () => {
    folder('shared');
    const events: Event[] = [];
    const postgres = await start(data(), events);
    expect(codes(events)).toEqual(['postgres-initialised', 'postgres-started']);
    for (const [setting, value] of [
      ['fsync', 'on'],
      ['synchronous_commit', 'on'],
      ['full_page_writes', 'on'],
      ['listen_addresses', ''],
      ['server_encoding', 'UTF8'],
    ]) {
      expect(await ask(postgres, `SHOW ${setting}`), setting).toEqual([value]);
    }
    expect(await ask(postgres, 'SELECT datlocale FROM pg_database WHERE datname = current_database()')).toEqual([
      'C.UTF-8',
    ]);
    expect(postgres.connection.host).toBe(join(data(), 'postgres', 'socket'));
    expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
    expect((await stat(cluster())).uid).not.toBe(0);
    if (asRoot) expect(mayEnter(NOBODY, postgres.connection.host)).toBe(false);
    await ask(postgres, 'CREATE TABLE kept (word text)');
    await ask(postgres, `INSERT INTO kept VALUES ('first')`);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(await processesNaming(data())).toEqual([]);
    await expect(ask(postgres, 'SELECT 1')).rejects.toThrow();
  });

  test('a second server on the folder is refused at once, by name, and the first is not disturbed', async () => {
    const postgres = await start(data());
    await expect(start(data())).rejects.toThrow(data());
    const second = serverProcess(data());
    expect((await second.said('refused'))['message']).toContain(data());
    await expect(removeEmbeddedPostgres(data())).rejects.toMatchObject({ fault: 'in-use' });
    expect(await ask(postgres, 'SELECT word FROM kept')).toEqual(['first']);
    await postgres.stop();
  });

  test('of many that start together over a stale lock, one wins', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => start(data())));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ fault: 'in-use' });
    await won[0]?.value.stop();
  });

  test('after kill -9 of the server, the next start takes over with all data', async () => {
    const { child, said } = serverProcess(data());
    const ready = await said('ready');
    const connection = { host: String(ready['host']), port: 5432, user: 'interlude', database: 'interlude' };
    await ask({ connection }, `INSERT INTO kept VALUES ('second')`);
    await killed(child, 'SIGKILL');
    const orphan = await postmasterPid(cluster());
    expect(await processesNaming(data())).toContain(orphan);

    const events: Event[] = [];
    const postgres = await start(data(), events);
    expect(events[0]).toEqual({ code: 'postgres-orphan-stopped', pid: orphan });
    expect(await ask(postgres, 'SELECT word FROM kept ORDER BY word')).toEqual(['first', 'second']);
    expect(await processesNaming(data())).not.toContain(orphan);
    await postgres.stop();
  });

  test('a server that is killed while it starts leaves nothing that stops the next', async () => {
    const { child } = serverProcess(data());
    await vi.waitFor(async () => expect(await processesNaming(cluster())).not.toEqual([]), PATIENCE);
    await killed(child, 'SIGKILL');
    const postgres = await start(data());
    expect(await ask(postgres, 'SELECT count(*)::int FROM kept')).toEqual([2]);
    await postgres.stop();
    expect(await processesNaming(data())).toEqual([]);
  });

  test('the server going down by SIGTERM or process.exit leaves no process', async () => {
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      const { child, said } = serverProcess(data());
      await said('ready');
      await killed(child, signal);
      await vi.waitFor(async () => expect(await processesNaming(data())).toEqual([]), PATIENCE);
    }
    // Both were orderly: there is no crash to recover from.
    await expect(lstat(join(cluster(), 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  test('a stale pid file does not make a stranger with that number an orphan', async () => {
    const { uid, gid } = await stat(cluster());
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(asRoot ? { uid, gid } : {}) });
    children.push(stranger);
    const pidFile = join(cluster(), 'postmaster.pid');
    await writeFile(pidFile, `${stranger.pid}\n${cluster()}\n1\n5432\n\n\n`);
    await chown(pidFile, uid, gid);
    const events: Event[] = [];
    const postgres = await start(data(), events);
    expect(codes(events)).toEqual(['postgres-started']);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    await postgres.stop();
    await killed(stranger, 'SIGKILL');
  });

  test('killed underneath, it is started again on the same socket with all data', async () => {
    const events: Event[] = [];
    const exits: (number | null)[] = [];
    const postgres = await start(data(), events);
    postgres.onExit((code) => exits.push(code));
    const pid = await postmasterPid(cluster());
    await ask(postgres, `INSERT INTO kept VALUES ('third')`);
    process.kill(Number(pid), 'SIGKILL');
    await vi.waitFor(() => expect(codes(events)).toContain('postgres-restarted'), PATIENCE);
    expect(await ask(postgres, 'SELECT count(*)::int FROM kept')).toEqual([3]);
    expect(exits).toEqual([null]);
    expect(await postmasterPid(cluster())).not.toBe(pid);

    // Stopped in the middle of a restart, it stays down.
    process.kill(Number(await postmasterPid(cluster())), 'SIGKILL');
    await vi.waitFor(() => expect(exits).toHaveLength(2), PATIENCE);
    await postgres.stop();
    await vi.waitFor(async () => expect(await processesNaming(data())).toEqual([]), PATIENCE);
  });

  test('neither an error nor a crash writes what was asked into the log', async () => {
    const postgres = await start(data());
    const secret = 'marker-7f3a';
    await expect(ask(postgres, `SELECT '${secret}'::int`)).rejects.toThrow(secret);
    const client = new pg.Client(postgres.connection);
    client.on('error', () => undefined);
    await client.connect();
    const backend = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
    const hangs = client.query(`SELECT '${secret}', pg_sleep(60)`).catch((error: unknown) => error);
    const active = `SELECT state FROM pg_stat_activity WHERE pid = ${backend}`;
    await vi.waitFor(async () => expect(await ask(postgres, active)).toEqual(['active']), PATIENCE);
    process.kill(Number(backend), 'SIGKILL');
    await hangs;
    await vi.waitFor(() => ask(postgres, 'SELECT 1'), PATIENCE);
    await postgres.stop();
    const log = await readFile(join(data(), 'postgres', 'postgres.log'), 'utf8');
    expect(log).toContain('terminated by signal 9');
    expect(log).not.toContain(secret);
  });

  test('a cluster that cannot start says why', async () => {
    const version = join(cluster(), 'PG_VERSION');
    const was = await readFile(version, 'utf8');
    await writeFile(version, '9\n');
    await expect(start(data())).rejects.toThrow('incompatible');
    await writeFile(version, was);
    await (await start(data())).stop();
  });
});

test('an initdb killed half-way, with or without its server, is begun anew', { timeout: 20_000 }, async () => {
  const data = folder('half');
  const home = join(data, 'postgres');
  const half = async () => {
    const draft = (await readdir(home)).find((name) => name.startsWith('new-'));
    expect(await readdir(join(home, String(draft)))).toContain('PG_VERSION');
  };
  const first = serverProcess(data);
  await vi.waitFor(half, PATIENCE);
  for (const pid of await processesNaming(`--pgdata=${home}`)) process.kill(pid, 'SIGKILL');
  expect((await first.said('refused'))['message']).toContain('initdb ended with SIGKILL');

  const second = serverProcess(data);
  await vi.waitFor(half, PATIENCE);
  await killed(second.child, 'SIGKILL');
  const postgres = await start(data);
  expect(await ask(postgres, 'SELECT 1')).toEqual([1]);
  await vi.waitFor(async () => expect(await processesNaming(join(home, 'new-'))).toEqual([]), PATIENCE);
  expect((await readdir(home)).filter((name) => name.startsWith('new-'))).toEqual([]);
  await postgres.stop();
});

test('a path too long for a socket gets a short private folder, kept over restarts', { timeout: 20_000 }, async () => {
  const data = folder('long, and with a comma', 'x'.repeat(120));
  await mkdir(dirname(data));
  await chmod(dirname(data), 0o755);
  const events: Event[] = [];
  const postgres = await start(data, events);
  const { host } = postgres.connection;
  expect(host.length).toBeLessThan(40);
  expect((await stat(host)).mode & 0o777).toBe(0o700);
  await expect(start(data)).rejects.toMatchObject({ fault: 'in-use' });
  process.kill(Number(await postmasterPid(join(data, 'postgres', 'data'))), 'SIGKILL');
  await vi.waitFor(() => expect(codes(events)).toContain('postgres-restarted'), PATIENCE);
  expect(await ask(postgres, 'SELECT 1')).toEqual([1]);
  await postgres.stop();
  await expect(stat(host)).rejects.toThrow('ENOENT');
});

describe.runIf(asRoot)('started as root', { timeout: 20_000 }, () => {
  test('in a folder only root may enter, the cluster lies outside and goes with removal', async () => {
    const closed = await mkdtemp('/tmp/interlude-closed-');
    const data = join(closed, 'data');
    folders.push(data);
    const postgres = await start(data);
    const home = dirname(postgres.connection.host);
    expect(home.startsWith(data)).toBe(false);
    expect((await readFile(join(data, 'postgres-home'), 'utf8')).trim()).toBe(home);
    await ask(postgres, 'CREATE TABLE kept (word text)');

    const copy = join(closed, 'copy');
    await cp(join(data, 'postgres-home'), join(copy, 'postgres-home'));
    await expect(start(copy)).rejects.toThrow(copy);
    await postgres.stop();

    const again = await start(data);
    expect(dirname(again.connection.host)).toBe(home);
    expect(await ask(again, 'SELECT count(*)::int FROM kept')).toEqual([0]);
    await again.stop();

    // The same folder thrown away and made again is another one.
    const pointer = await readFile(join(data, 'postgres-home'), 'utf8');
    await rm(data, { recursive: true });
    const fresh = await start(data);
    expect(await ask(fresh, `SELECT to_regclass('kept')`)).toEqual([null]);
    const freshHome = dirname(fresh.connection.host);
    expect(freshHome).not.toBe(home);
    await fresh.stop();
    await removeEmbeddedPostgres(data);
    await expect(stat(freshHome)).rejects.toThrow('ENOENT');
    expect(await readdir(data)).not.toContain('postgres-home');

    await writeFile(join(data, 'postgres-home'), pointer);
    await removeEmbeddedPostgres(data);
    await expect(stat(home)).rejects.toThrow('ENOENT');
    await writeFile(join(data, 'postgres-home'), pointer);
    await expect(start(data)).rejects.toMatchObject({ fault: 'gone' });
    await rm(join(data, 'postgres-home'));
    await rm(closed, { recursive: true });
  });

  test('programs in a closed checkout, without their links, are copied once', async () => {
    const account = chooseAccount(undefined);
    const closed = await mkdtemp(join(base, 'closed-'));
    const native = join(closed, 'native');
    await cp(installedBinaries(), native, { recursive: true, verbatimSymlinks: true });
    await rm(join(native, 'lib', 'libpq.so.5'));
    const shared = join(base, 'programs');
    await mkdir(shared);
    await chmod(shared, 0o755);
    const copies = await Promise.all([openBinaries(native, account, shared), openBinaries(native, account, shared)]);
    expect(copies[0]).toBe(copies[1]);
    expect(dirname(copies[0])).toBe(shared);
    expect(await readdir(shared)).toEqual([basename(copies[0])]);
    const version = spawnSync(join(copies[0], 'bin', 'postgres'), ['--version'], {
      ...runAs(account),
      encoding: 'utf8',
    });
    expect(version.stdout).toContain('PostgreSQL) 18');
    expect((await stat(join(copies[0], 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
  });

  test('an ordinary account and root serve the same folder in turn, under the one that made it', async () => {
    const data = folder('ordinary', 'data');
    await mkdir(dirname(data));
    await chown(dirname(data), NOBODY.uid, NOBODY.gid);
    for (const turn of ['ordinary', 'root', 'ordinary']) {
      const { child, said } = serverProcess(data, turn === 'root' ? 0 : NOBODY.uid);
      const ready = await said('ready');
      expect(ready['uid']).toBe(turn === 'root' ? 0 : NOBODY.uid);
      const connection = { host: String(ready['host']), port: 5432, user: 'interlude', database: 'interlude' };
      await ask({ connection }, 'CREATE TABLE IF NOT EXISTS kept (word text)');
      const pid = await postmasterPid(join(data, 'postgres', 'data'));
      expect((await stat(`/proc/${pid}`)).uid).toBe(NOBODY.uid);
      await killed(child, 'SIGTERM');
      expect(await processesNaming(data)).toEqual([]);
    }
  });
});
