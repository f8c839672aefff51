// PostgreSQL in trouble under a whole server: its disk full, its storage slow. The server says "not now", acknowledges nothing
// that it did not keep, lives, and is well again when PostgreSQL is.
//
// Budget: 1.5 minutes. A small disk takes root's right to mount one; where that is not given, PostgreSQL itself says that its
// disk is full, which the test's name then tells.

import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { faultsSince, versionOf } from '../testing/kept.ts';
import { KillableServer } from '../testing/killable-server.ts';
import { isAlive } from '../testing/processes.ts';
import { signInTo, WireDevice, WireReader } from '../testing/wire-device.ts';
import type { Database } from './database.ts';

const SLUG = 'harbor-care';
const DISK_MB = 200;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Disk {
  readonly dataDir: string;
  /** Leaves no byte free, and gives them free again. */
  fill(): Promise<void>;
  clear(): Promise<void>;
}

const mountable = mountsAre();

const howFull = mountable ? '' : ' (no right to mount a small one here: a trigger in PostgreSQL says so)';

test(`its disk full${howFull}`, { timeout: 180_000 }, async () => {
  const disk = mountable ? await smallDisk() : null;
  const server = await open(disk === null ? {} : { dataDir: disk.dataDir });
  const person = await signInTo(server.way, 'ana');
  const device = new WireDevice(server.way, person);
  const since = await looking(server, (database) => versionOf(database, SLUG));
  device.make(3);
  expect(await device.push()).toBe(true);

  await (disk === null ? looking(server, raiseDiskFull) : disk.fill());
  await untilRefused(device);
  for (let i = 0; i < 10; i++) expect(await device.push()).toBe(false);
  expect(device.weather.broken).toBe(0);
  expect(isAlive(server.pid)).toBe(true);

  await (disk === null ? looking(server, dropTriggers) : disk.clear());
  await device.finish();
  const { acknowledged } = device;
  const faults = looking(server, (database) => faultsSince(database, { slug: SLUG, since, acknowledged }));
  expect(await faults).toEqual([]);
});

test('its storage slow: others are served, and what was held up is done once', { timeout: 120_000 }, async () => {
  const server = await open();
  const [ana, lee, zoe] = await Promise.all(['ana', 'lee', 'zoe'].map((key) => signInTo(server.way, key)));
  const since = await looking(server, (database) => versionOf(database, SLUG));
  const held = Array.from({ length: 30 }, () => new WireDevice(server.way, must(ana, 'a person')));
  const storage = await server.database();
  const holder = await storage.pool.connect();
  await holder.query('begin');
  await holder.query('select from practice where slug = $1 for update', [SLUG]);
  const pushes = held.map((device) => {
    device.make(2);
    return device.push();
  });
  await expect.poll(() => waitingFor(server), { timeout: 30_000 }).toBeGreaterThan(0);

  const other = new WireDevice(server.way, must(zoe, 'a person'));
  other.make(2);
  expect(await other.push()).toBe(true);
  expect(await new WireReader(server.way, must(lee, 'a person')).pull()).not.toBeNull();
  expect((await fetch(`${server.way.url}/healthz`)).status).toBe(200);

  expect(new Set(await Promise.all(pushes))).toEqual(new Set([false]));
  await holder.query('rollback');
  holder.release();
  await storage.close();
  await Promise.all(held.map((device) => device.finish()));
  const acknowledged = held.flatMap((device) => device.acknowledged);
  expect(acknowledged).toHaveLength(60);
  const faults = looking(server, (database) => faultsSince(database, { slug: SLUG, since, acknowledged }));
  expect(await faults).toEqual([]);
});

async function open(options: { dataDir?: string } = {}): Promise<KillableServer> {
  const server = await KillableServer.open(options);
  undo.push(() => server.remove());
  server.died.catch(() => undefined);
  return server;
}

async function looking<T>(server: KillableServer, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await server.database();
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}

/** How many connections wait for a lock. */
function waitingFor(server: KillableServer): Promise<number> {
  return looking(server, async ({ pool }) => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock'`,
    );
    return must(rows[0], 'a count').count;
  });
}

/** What was free in the pages that PostgreSQL has already is still taken, and rightly acknowledged. */
async function untilRefused(device: WireDevice): Promise<void> {
  for (let answered = true; answered;) {
    device.make(200);
    answered = await device.push();
  }
}

function mountsAre(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function smallDisk(): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'interlude-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=711`, 'tmpfs', folder]);
  undo.push(async () => {
    execFileSync('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true });
  });
  await chmod(folder, 0o711);
  const ballast = join(folder, 'ballast');
  return {
    dataDir: join(folder, 'data'),
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(ballast, Buffer.alloc(bavail * bsize));
    },
    clear: () => rm(ballast),
  };
}

async function raiseDiskFull({ pool }: Database): Promise<void> {
  await pool.query(`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'No space left on device' using errcode = 'disk_full'; end $$`);
  await pool.query('create trigger full_disk before insert on row execute function full_disk()');
}

async function dropTriggers({ pool }: Database): Promise<void> {
  await pool.query('drop function if exists full_disk() cascade');
}
