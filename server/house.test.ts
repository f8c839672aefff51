import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readConfig } from './config.ts';
import { startHouse } from './house.ts';
import type { HouseOptions, Rooms, RunningHouse } from './house.ts';
import { createLog } from './log.ts';
import { startTestPostgres } from './testing/postgres.ts';
import type { TestPostgres } from './testing/postgres.ts';

const log = createLog({ write: () => undefined });
const empty: Rooms = {
  mount: () => undefined,
  upgrade: (_request, socket) => socket.destroy(),
  closeSockets: () => undefined,
  begin: () => async () => undefined,
};

let postgres: TestPostgres;
let dataDir: string;
const houses: RunningHouse<Rooms>[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-house-'));
});
afterEach(async () => {
  for (const house of houses.splice(0)) await house.stop();
});
afterAll(async () => {
  await postgres.remove();
  await rm(dataDir, { recursive: true, force: true });
});

function options(rooms: Partial<Rooms> = {}, env: Record<string, string> = {}): HouseOptions<Rooms> {
  const config = readConfig({ DATABASE_URL: postgres.url, DATA_DIR: dataDir, PORT: '0', ...env });
  return { config, log, clientFolder: null, furnish: async () => ({ ...empty, ...rooms }) };
}

async function start(...given: Parameters<typeof options>): Promise<RunningHouse<Rooms>> {
  const house = await startHouse(options(...given));
  houses.push(house);
  return house;
}

async function healthOf(house: RunningHouse<Rooms>): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${house.url}/healthz`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('is well while its store is, says so when it is away, and recovers by itself', async () => {
  const house = await start();
  const well = await healthOf(house);
  expect(well).toMatchObject({ status: 200, body: { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) } });
  expect(well.body['epoch']).toMatch(/^[0-9a-f-]{36}$/);
  await postgres.stop();
  expect(await healthOf(house)).toEqual({ status: 503, body: { status: 'unavailable', reason: 'store-away' } });
  await postgres.start();
  await vi.waitFor(async () => expect(await healthOf(house)).toEqual(well), { timeout: 5000, interval: 20 });
});

it('does not wait for a store that does not answer', async () => {
  const house = await start();
  const holder = await house.database.pool.connect();
  await holder.query('begin; lock table meta in access exclusive mode');
  const began = Date.now();
  const answers = await Promise.all([healthOf(house), healthOf(house), healthOf(house)]);
  expect(answers).toEqual(Array(3).fill({ status: 503, body: { status: 'unavailable', reason: 'store-slow' } }));
  expect(Date.now() - began).toBeLessThan(3000);
  await holder.query('rollback');
  holder.release();
});

it('lets nobody in before it is furnished', async () => {
  const { port } = await freePort();
  const house = await startHouse({
    ...options({}, { PORT: String(port) }),
    furnish: async ({ publicUrl }) => {
      const health = await fetch(`${publicUrl}/healthz`);
      expect([health.status, await health.json()]).toEqual([503, { status: 'unavailable', reason: 'starting' }]);
      const other = await fetch(`${publicUrl}/api/me`);
      expect([other.status, other.headers.get('retry-after')]).toEqual([503, '1']);
      return empty;
    },
  });
  houses.push(house);
  expect((await healthOf(house)).status).toBe(200);
});

it('lets what is under way finish, and takes nothing new meanwhile', async () => {
  const entered = deferred();
  const leave = deferred();
  const house = await start({
    mount: (app) =>
      app.get('/api/slow', async (c) => {
        entered.resolve();
        await leave.promise;
        const { rows } = await sql<{ one: number }>`select 1 as one`.execute(house.database.db);
        return c.json(rows);
      }),
  });
  const slow = fetch(`${house.url}/api/slow`);
  await entered.promise;
  const stopped = house.stop();
  await vi.waitFor(() => expect(fetch(`${house.url}/healthz`)).rejects.toThrow());
  leave.resolve();
  expect(await (await slow).json()).toEqual([{ one: 1 }]);
  await stopped;
});

it('tells sockets first, while the store is still there', async () => {
  let told: Promise<unknown> | undefined;
  const closeSockets = () => (told = house.database.pool.query('select 1'));
  const house = await start({ closeSockets });
  await house.stop();
  expect(await told).toMatchObject({ rowCount: 1 });
});

it('begins what runs by itself when it is open, and ends it first, while the store is still there', async () => {
  const seen: string[] = [];
  const house = await start({
    begin: () => {
      seen.push('begun');
      return async () => {
        await house.database.pool.query('select 1');
        seen.push('ended');
      };
    },
    closeSockets: () => void seen.push('sockets'),
  });
  expect(seen).toEqual(['begun']);
  await house.stop();
  expect(seen).toEqual(['begun', 'ended', 'sockets']);
});

it('says that its port is taken before it touches anything', async () => {
  const { port, server } = await takenPort();
  const untouched = join(dataDir, 'untouched');
  const taken = startHouse(options({}, { PORT: String(port), DATA_DIR: untouched }));
  await expect(taken).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken by another program`);
  await expect(rm(untouched)).rejects.toThrow('ENOENT');
  server.close();
});

it('gives its port free when a later step fails', async () => {
  const { port } = await freePort();
  const failing = { ...options({}, { PORT: String(port) }), furnish: () => Promise.reject(new Error('no rooms')) };
  await expect(startHouse(failing)).rejects.toThrow('no rooms');
  expect((await healthOf(await start({}, { PORT: String(port) }))).status).toBe(200);
});

it('refuses a database made with another secret', async () => {
  await (await start()).stop();
  const other = Buffer.alloc(32, 5).toString('hex');
  await expect(start({}, { SECRET_KEY: other })).rejects.toThrow(/made with another secret/);
  expect((await healthOf(await start())).status).toBe(200);
});

it('says that an outside database cannot be reached, without its address', async () => {
  const reached = start({}, { DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/none' });
  await expect(reached).rejects.toThrow('The database cannot be reached (ECONNREFUSED).');
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<{ port: number }> {
  const { server, port } = await takenPort();
  await new Promise((resolve) => server.close(resolve));
  return { port };
}
