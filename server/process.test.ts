import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { spawnCommand, spawnServer } from './testing/child-server.ts';
import type { ChildServer } from './testing/child-server.ts';
import { removeDataDir } from './testing/postgres.ts';
import { descendantsOf, isAlive } from './testing/processes.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(import.meta.dirname, 'process.fixture.ts');
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-process-'));
});
afterAll(() => removeDataDir(dataDir));

const spawnIt = (manner = 'plain', env: Record<string, string> = {}) =>
  spawnServer([PROGRAM, manner], { DATA_DIR: dataDir, PORT: '0', ...env });

async function serving(server: ChildServer): Promise<{ url: string; family: number[] }> {
  const { port } = await server.logged('listening');
  await server.logged('started');
  const family = await descendantsOf(server.pid);
  expect(family.length).toBeGreaterThan(1);
  return { url: `http://127.0.0.1:${port}`, family };
}

async function allGone(family: number[]): Promise<void> {
  await vi.waitFor(() => expect(family.filter(isAlive)).toEqual([]), { timeout: 3000, interval: 10 });
}

// One after another: they share a data folder, so that each also shows that the one before gave it free.
describe('a server process', () => {
  it('ends in order when npm, which runs it, is told to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interlude-npm-'));
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const demo = scripts['demo']?.replace('server/ops/demo.ts', PROGRAM);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { demo } }));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const npm = spawnCommand(['npm', 'run', 'demo'], { cwd: folder, env: { DATA_DIR: dataDir, PORT: '0' } });
    const { family } = await serving(npm);
    npm.kill('SIGTERM');
    expect((await npm.exited).code).toBe(0);
    expect(npm.output()).toContain('"code":"stopped","exit":0');
    await allGone(family);
    await rm(folder, { recursive: true });
  });

  it('takes the echo of a signal to the whole group for the same one', async () => {
    const server = spawnIt();
    const { family } = await serving(server);
    process.kill(-server.pid, 'SIGINT');
    process.kill(-server.pid, 'SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    await allGone(family);
  });

  it('ends at once on a deliberate second signal, and still leaves no process', async () => {
    const server = spawnIt();
    const { url, family } = await serving(server);
    const held = fetch(`${url}/api/held`).catch(() => 'cut');
    await server.logged('held');
    server.kill('SIGTERM');
    await server.logged('stopping');
    const first = Date.now();
    await vi.waitFor(() => expect(Date.now() - first).toBeGreaterThan(600), { interval: 50 });
    server.kill('SIGTERM');
    expect((await server.exited).code).toBe(1);
    expect(Date.now() - first).toBeLessThan(3000);
    expect(await held).toBe('cut');
    await allGone(family);
  });

  it('gives up a start that is called off', async () => {
    const server = spawnIt('endless');
    await server.logged('furnishing');
    const family = await descendantsOf(server.pid);
    server.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    await allGone(family);
  });

  it('goes on, and ends in order, when nobody reads its log any more', async () => {
    const server = spawnIt();
    const { url, family } = await serving(server);
    server.stopListening();
    expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    await allGone(family);
  });

  it('stops on a bug that nobody caught, tells where, and not what', async () => {
    const server = spawnIt();
    const { url, family } = await serving(server);
    await fetch(`${url}/api/crash`);
    expect(await server.exited).toEqual({ code: 1, signal: null });
    await allGone(family);
    expect(server.output()).toMatch(
      /"code":"uncaught","error":"TypeError","places":\["server\/process\.fixture\.ts:\d+"/,
    );
    expect(server.output()).not.toMatch(/Ana|anorexia/);
  });

  it('works again at once after it was killed, and ends in order on SIGTERM', async () => {
    const killed = spawnIt();
    const before = await serving(killed);
    killed.kill('SIGKILL');
    await killed.exited;
    const server = spawnIt();
    const { url, family } = await serving(server);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    await allGone([...before.family, ...family]);
    expect(server.output()).toContain('"code":"postgres-stopped"');
  });

  it('says what is wrong with its settings, without their values, or that its port is taken, and exits 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const wrong = spawnIt('plain', { PORT: 'eighty', SECRET_KEY: 'hunter2' });
    const late = spawnIt('plain', { PORT: String(port) });
    expect([(await wrong.exited).code, (await late.exited).code]).toEqual([1, 1]);
    expect(wrong.output()).toMatch(/PORT: expected .*\n {2}SECRET_KEY: expected /);
    expect(wrong.output()).not.toMatch(/hunter2|eighty|\.ts:/);
    expect(late.output()).toContain(`Port ${port} on 127.0.0.1 is taken by another program`);
    expect(late.output()).not.toContain('postgres');
    other.close();
  });
});
