import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '../src/base/ids.ts';
import { helloAnswer, SOCKET_PROTOCOL } from '../src/sync/core/protocol.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startInterlude } from './start.ts';
import { startTestPostgres } from './testing/postgres.ts';
import type { TestPostgres } from './testing/postgres.ts';

const OWNER = { name: 'Olive Owner', email: 'olive@care.example', password: 'a long enough password' };
const PRACTICE = { name: 'Harbor Care', slug: 'harbor-care', timezone: 'Europe/Berlin' };

let postgres: TestPostgres;
const lines: string[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.remove());

function start() {
  const config = readConfig({ DATABASE_URL: postgres.url, DATA_DIR: postgres.dataDir, PORT: '0' });
  return startInterlude({ config, log: createLog({ write: (line) => lines.push(line) }), clientFolder: null });
}

it('goes the first way of a new practice: set up, sign in, who am I, hello, listen, stop, start again', async () => {
  const running = await start();
  const call = callerOf(running.url);
  const link = (await running.rooms.identity.setupLink()) ?? '';
  expect(link.startsWith(`${running.url}/setup#`)).toBe(true);
  const token = link.split('#')[1];
  expect((await call('POST', '/api/setup', { token, practice: PRACTICE, owner: OWNER })).status).toBe(201);
  expect(await running.rooms.identity.setupLink()).toBeNull();

  const signedIn = await call('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  const me = await (await call('GET', '/api/me', undefined, cookie)).json();
  expect(me).toMatchObject({ user: { name: OWNER.name }, memberships: [{ practice: 'harbor-care' }] });
  const membership = (me as { memberships: { membershipId: string }[] }).memberships[0]?.membershipId;

  const device = newId();
  const hello = await call(
    'POST',
    '/sync/harbor-care/hello',
    { protocols: [1], membership, device, build: 'test' },
    cookie,
  );
  expect(helloAnswer.parse(await hello.json()).membership.id).toBe(membership);

  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const socket = new WebSocket(`${running.url.replace('http', 'ws')}/relay`, SOCKET_PROTOCOL, {
    headers: { cookie, origin: running.url },
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ t: 'open', practice: 'harbor-care', membership, device }));
  const [ready] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(String(ready))).toEqual({ t: 'ready', beatMs: 20_000 });
  const beat = once(socket, 'message');
  vi.advanceTimersByTime(20_000);
  vi.useRealTimers();
  expect(JSON.parse(String((await beat)[0]))).toEqual({ t: 'here' });
  const closed = once(socket, 'close');
  const began = Date.now();
  await Promise.all([closed, running.stop()]);
  expect((await closed)[0]).toBe(1012);
  expect(Date.now() - began).toBeLessThan(3000);

  const again = await start();
  const stillMe = await callerOf(again.url)('GET', '/api/me', undefined, cookie);
  expect(await stillMe.json()).toEqual(me);
  await again.stop();
  expect(lines.join('')).not.toMatch(/Olive|olive|harbor|Harbor|password|better-auth|interlude\.session/);
});

it('ends the sockets of a person whose session ends', async () => {
  const running = await start();
  const call = callerOf(running.url);
  const signedIn = await call('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  const me = (await (await call('GET', '/api/me', undefined, cookie)).json()) as {
    memberships: { membershipId: string }[];
  };
  const open = { t: 'open', practice: 'harbor-care', membership: me.memberships[0]?.membershipId, device: newId() };
  const join = async () => {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/relay`, SOCKET_PROTOCOL, {
      headers: { cookie, origin: running.url },
    });
    await once(socket, 'open');
    const answered = Promise.race([once(socket, 'message'), once(socket, 'close')]);
    socket.send(JSON.stringify(open));
    return { socket, first: (await answered)[0] as unknown };
  };
  const { socket } = await join();
  const closed = once(socket, 'close');
  expect((await call('POST', '/api/auth/sign-out', {}, cookie)).status).toBe(200);
  expect((await closed)[0]).toBe(1012);
  expect((await join()).first).toBe(4401);
  await running.stop();
});

it('takes away at its start what every device has had time to see deleted', async () => {
  const running = await start();
  const { pool } = running.database;
  const [old, young] = [newId(), newId()];
  const write = (id: string, days: number) =>
    pool.query(
      `insert into row (practice_id, type, id, space, version, schema_version, by, received_at, changed_at)
       select id, 'contact', $1, 'practice', version, 1, $1, now(), now() - make_interval(days => $2) from practice`,
      [id, days],
    );
  await write(old, 91);
  await write(young, 89);
  await running.stop();
  const again = await start();
  const left = () => again.database.pool.query('select id from row where fields is null').then(({ rows }) => rows);
  await expect.poll(left).toEqual([{ id: young }]);
  await again.stop();
});

it('is seeded before it lets anybody in', async () => {
  const seen: number[] = [];
  const config = readConfig({ DATABASE_URL: postgres.url, DATA_DIR: postgres.dataDir, PORT: '0' });
  const seed = async ({ publicUrl }: { publicUrl: string }) =>
    void seen.push((await fetch(`${publicUrl}/healthz`)).status);
  const running = await startInterlude({ config, log: createLog({ least: 'error' }), clientFolder: null, seed });
  expect([...seen, (await fetch(`${running.url}/healthz`)).status]).toEqual([503, 200]);
  await running.stop();
});

function callerOf(url: string) {
  return (method: string, path: string, body?: unknown, cookie = ''): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { origin: url, 'content-type': 'application/json', cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}
