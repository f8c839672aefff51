import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorBody } from '../../src/sync/core/error-body.ts';
import { listen } from '../http/listener.ts';
import { createLog } from '../log.ts';
import { startMigratedPostgres } from '../testing/database.ts';
import type { MigratedPostgres } from '../testing/database.ts';
import { createAttempts } from './attempts.ts';
import { authOptions } from './auth.ts';
import { cookieOf, freshWorld, PASSWORD, PUBLIC_URL } from './identity.fixture.ts';
import type { World } from './identity.fixture.ts';
import { PersonRefused } from './person.ts';

const DAY_MS = 24 * 60 * 60_000;
const SIGN_IN = '/api/auth/sign-in/email';

let postgres: MigratedPostgres;
let world: World;
let secure: World;
let userId: string;

beforeAll(async () => {
  postgres = await startMigratedPostgres();
  world = await freshWorld(postgres);
  secure = await freshWorld(postgres, 'https://care.example');
  ({ userId } = await world.identity.createUser({ name: 'Ana', email: 'Ana@Demo.test ', password: PASSWORD }));
  await secure.identity.createUser({ name: 'Ana', email: 'ana@demo.test', password: PASSWORD });
});

afterAll(async () => {
  await world?.database.close();
  await secure?.database.close();
  await postgres?.remove();
});

const wrong = (email: string) => world.post(SIGN_IN, { email, password: 'not-the-password' });

/** Straight to the door, from an address. */
function knock(peer: string, email: string, password = 'not-the-password') {
  const headers = { 'content-type': 'application/json', origin: PUBLIC_URL };
  const body = JSON.stringify({ email, password });
  return world.identity.handler(new Request(PUBLIC_URL + SIGN_IN, { method: 'POST', headers, body }), peer);
}

async function refusalOf(response: Response) {
  const body: unknown = await response.json();
  return { status: response.status, code: errorBody.parse(body).error.code };
}

test('better-auth wants nothing that our migration did not make', async () => {
  const log = createLog({ write: () => undefined });
  const { database, secret } = world;
  const options = authOptions({ database, publicUrl: PUBLIC_URL, secret, log }, () => undefined);
  const wishes = await getMigrations(options);
  expect(wishes.toBeCreated).toEqual([]);
  expect(wishes.toBeAdded).toEqual([]);
  expect(wishes.toBeAddedIndexes).toEqual([]);
  expect(wishes.schemaProblems).toEqual([]);
});

describe('the cookie', () => {
  test('over http is held to the host by its attributes', async () => {
    const response = await world.post(SIGN_IN, { email: 'ana@demo.test', password: PASSWORD });
    expect(response.status).toBe(200);
    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^interlude\.session_token=/);
    expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax']);
  });

  test('over https begins with __Host-', async () => {
    const response = await secure.post(SIGN_IN, { email: 'ana@demo.test', password: PASSWORD });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-interlude\.session_token=/);
    expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure']);
    const me = await secure.get('/api/me', cookieOf(response));
    expect(me.status).toBe(200);
  });

  test('signed under another secret is nobody', async () => {
    const cookie = (await world.signIn('ana@demo.test')).replace('interlude.', '__Host-interlude.');
    expect(await secure.identity.sessionOf(new Headers({ cookie }))).toBeNull();
    const [name, value = ''] = (await world.signIn('ana@demo.test')).split('=');
    const forged = `${name}=${value.slice(0, 10)}x${value.slice(11)}`;
    expect(await world.identity.sessionOf(new Headers({ cookie: forged }))).toBeNull();
  });

  function attributesOf(cookie: string): string[] {
    return cookie.split('; ').slice(1).sort();
  }
});

describe('a session', () => {
  test('names the person, whatever the case of the e-mail', async () => {
    const cookie = await world.signIn('ANA@demo.test');
    const session = await world.identity.sessionOf(new Headers({ cookie }));
    expect(session?.userId).toBe(userId);
    expect(await world.identity.sessionOf(new Headers())).toBeNull();
    const me: unknown = await (await world.get('/api/me', cookie)).json();
    expect(me).toEqual({ user: { id: userId, name: 'Ana', email: 'ana@demo.test' }, memberships: [] });
    expect(await refusalOf(await world.get('/api/me'))).toEqual({ status: 401, code: 'not-signed-in' });
  });

  test('ends with signing out, and those who listen hear of it', async () => {
    const cookie = await world.signIn('ana@demo.test');
    const other = await world.signIn('ana@demo.test');
    const session = await world.identity.sessionOf(new Headers({ cookie }));
    const heard: unknown[] = [];
    const stop = world.identity.onSessionsEnded((ended) => heard.push(ended));
    const response = await world.post('/api/auth/sign-out', {}, { cookie });
    stop();
    expect(response.status).toBe(200);
    expect(heard).toEqual([session]);
    expect(await world.identity.sessionOf(new Headers({ cookie }))).toBeNull();
    expect(await world.identity.sessionOf(new Headers({ cookie: other }))).not.toBeNull();
  });

  test('ends with all others of the person', async () => {
    const cookies = [await world.signIn('ana@demo.test'), await world.signIn('ana@demo.test')];
    const heard: string[] = [];
    const stop = world.identity.onSessionsEnded((ended) => heard.push(ended.userId));
    await world.identity.endSessionsOf(userId);
    stop();
    expect(heard.length).toBeGreaterThanOrEqual(2);
    expect(new Set(heard)).toEqual(new Set([userId]));
    for (const cookie of cookies) expect(await world.identity.sessionOf(new Headers({ cookie }))).toBeNull();
  });

  test('lasts 30 days from its last use, not from its beginning', async () => {
    const cookie = await world.signIn('ana@demo.test');
    await setExpiry(cookie, 10 * DAY_MS);
    await world.identity.sessionOf(new Headers({ cookie }));
    expect(await daysLeft(cookie)).toBe(10);
    for (const use of [
      () => world.get('/api/me', cookie),
      () => world.post('/sync/any/hello', {}, { cookie }),
      () => world.get('/api/auth/get-session', cookie),
    ]) {
      await setExpiry(cookie, 10 * DAY_MS);
      const [renewed = ''] = (await use()).headers.getSetCookie();
      expect(renewed).toContain('Max-Age=2592000');
      expect(await daysLeft(cookie)).toBe(30);
    }
    await setExpiry(cookie, -1000);
    expect(await world.identity.sessionOf(new Headers({ cookie }))).toBeNull();
  });

  async function setExpiry(cookie: string, fromNowMs: number) {
    const session = await world.identity.sessionOf(new Headers({ cookie }));
    await sql`update identity.session set expires_at = ${new Date(Date.now() + fromNowMs)}
      where id = ${session?.sessionId}`.execute(world.database.db);
  }

  async function daysLeft(cookie: string) {
    const session = await world.identity.sessionOf(new Headers({ cookie }));
    const { rows } = await sql<{ expires_at: Date }>`select expires_at from identity.session
      where id = ${session?.sessionId}`.execute(world.database.db);
    return Math.round(((rows[0]?.expires_at.getTime() ?? 0) - Date.now()) / DAY_MS);
  }
});

describe('what is refused', () => {
  test('a wrong password and an unknown e-mail give one answer', async () => {
    const known = await wrong('ana@demo.test');
    const unknown = await wrong('nobody@demo.test');
    expect(known.headers.getSetCookie()).toEqual([]);
    const [a, b] = [await known.text(), await unknown.text()];
    expect(a).toBe(b);
    expect([known.status, unknown.status]).toEqual([401, 401]);
  });

  test('another origin, and a body that is not one', async () => {
    const right = { email: 'ana@demo.test', password: PASSWORD };
    const foreign = await world.post(SIGN_IN, right, { origin: 'https://evil.example' });
    expect(await refusalOf(foreign)).toEqual({ status: 403, code: 'forbidden-origin' });
    const alias = await world.post(SIGN_IN, right, { origin: 'http://127.0.0.1:8080' });
    expect(alias.status).toBe(200);
    expect(await refusalOf(await world.post(SIGN_IN, { email: 7 }))).toEqual({ status: 422, code: 'invalid' });
    expect(await refusalOf(await world.post(SIGN_IN, { email: 'x', password: 'y' }))).toEqual({
      status: 400,
      code: 'bad-request',
    });
  });

  test('a redirect after signing in', async () => {
    const body = { email: 'ana@demo.test', password: PASSWORD, callbackURL: 'https://evil.example' };
    const response = await world.post(SIGN_IN, body);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).not.toContain('evil');
  });

  test('a second person with the same e-mail, and a short password', async () => {
    const again = world.identity.createUser({ name: 'A', email: 'ANA@demo.test', password: PASSWORD });
    await expect(again).rejects.toThrow(new PersonRefused('email-taken'));
    const short = world.identity.createUser({ name: 'A', email: 'short@demo.test', password: 'elevenchars' });
    await expect(short).rejects.toThrow(new PersonRefused('password-length'));
  });

  test('nothing of a person stands in the log', async () => {
    await wrong('ana@demo.test');
    await world.signIn('ana@demo.test');
    expect(world.logged.length).toBeGreaterThan(0);
    expect(world.logged.join('')).not.toMatch(/ana@|demo\.test|interlude-demo|not-the-password|session_token/i);
  });
});

describe('closed doors', () => {
  const person = { name: 'Eve', email: 'eve@evil.example', password: 'long-enough-password' };

  test('nobody signs himself up', async () => {
    expect(await refusalOf(await world.post('/api/auth/sign-up/email', person))).toEqual({
      status: 404,
      code: 'not-found',
    });
    const { rows } = await sql`select from identity."user" where email = ${person.email}`.execute(world.database.db);
    expect(rows).toEqual([]);
  });

  test('CVE-2025-61928: there are no API keys to be made in another name', async () => {
    for (const act of ['create', 'update', 'verify', 'delete']) {
      const response = await world.post(`/api/auth/api-key/${act}`, { userId, name: 'key' });
      expect(await refusalOf(response)).toEqual({ status: 404, code: 'not-found' });
    }
  });

  test('GHSA-qq9h-g4jm-xgf3: no account is taken over beforehand or joined to a foreign sign-in', async () => {
    const cookie = await world.signIn('ana@demo.test');
    for (const path of ['link-social', 'sign-in/social', 'unlink-account', 'change-email', 'update-user', 'ok']) {
      const response = await world.post(`/api/auth/${path}`, { provider: 'google', email: 'x@y.test' }, { cookie });
      expect(await refusalOf(response)).toEqual({ status: 404, code: 'not-found' });
    }
    expect((await world.get('/api/auth/callback/google?code=1&state=2', cookie)).status).toBe(404);
    const log = createLog({ write: () => undefined });
    const { database, secret } = world;
    const options = authOptions({ database, publicUrl: PUBLIC_URL, secret, log }, () => undefined);
    expect(options).not.toHaveProperty('plugins');
    expect(options).not.toHaveProperty('socialProviders');
    expect(options.account.accountLinking).toEqual({ enabled: false });
    expect(options.emailAndPassword.disableSignUp).toBe(true);
  });

  test('detours to an open door find none', async () => {
    for (const path of ['/api/auth/sign-in/email/', '/api/auth//sign-in/email', '/api/auth/sign-up/../sign-up/email']) {
      expect((await world.post(path, person)).status).toBe(404);
    }
  });
});

describe('wrong tries', () => {
  test('ten for an account in a quarter of an hour, known or not, from wherever they come', async () => {
    for (const email of ['guess@demo.test', 'unknown@demo.test']) {
      if (email.startsWith('guess')) await world.identity.createUser({ name: 'G', email, password: PASSWORD });
      const first = await Promise.all(Array.from({ length: 10 }, (_, i) => knock(`203.0.113.${i}`, email)));
      expect(first.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 401));
      const last = await knock('203.0.113.10', email);
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
      expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
      expect(await refusalOf(last)).toEqual({ status: 429, code: 'slow-down' });
    }
    expect((await knock('203.0.113.99', 'Guess@demo.test', PASSWORD)).status).toBe(429);
    world.wait(15 * 60_000);
    expect((await knock('203.0.113.99', 'guess@demo.test', PASSWORD)).status).toBe(200);
  });

  test('guesses made at once are counted as those one after another', async () => {
    const { begin } = attempts();
    const begun = await Promise.all(Array.from({ length: 25 }, () => begin('burst@demo.test', null)));
    expect(begun.filter((attempt) => 'succeeded' in attempt)).toHaveLength(10);
  });

  test('thirty from an address in a minute', async () => {
    const { begin } = attempts();
    const first = await Promise.all(Array.from({ length: 30 }, (_, i) => begin(`many${i}@demo.test`, '192.0.2.7')));
    expect(first.every((attempt) => 'succeeded' in attempt)).toBe(true);
    expect((await knock('192.0.2.7', 'many30@demo.test')).status).toBe(429);
    expect((await knock('192.0.2.8', 'many30@demo.test')).status).toBe(401);
    world.wait(60_000);
    expect((await knock('192.0.2.7', 'many30@demo.test')).status).toBe(401);
  });

  test('the address is that of the socket', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0 });
    listener.serve({ fetch: world.request, upgrade: (_request, socket) => socket.destroy() });
    const { begin } = attempts();
    for (let i = 0; i < 30; i++) await begin(`socket${i}@demo.test`, '127.0.0.1');
    const tryFrom = (more: Record<string, string>) =>
      fetch(`http://127.0.0.1:${listener.port}${SIGN_IN}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: PUBLIC_URL, ...more },
        body: JSON.stringify({ email: 'socket@demo.test', password: 'not-the-password' }),
      });
    const answers = [await tryFrom({}), await tryFrom({ 'x-forwarded-for': '203.0.113.77' })];
    await listener.close(0);
    expect(answers.map((answer) => answer.status)).toEqual([429, 401]);
  });

  test('right passwords are not counted', async () => {
    const { begin } = attempts();
    for (let i = 0; i < 200; i++) {
      const attempt = await begin('ana@demo.test', '192.0.2.9');
      if ('retryAfter' in attempt) throw new Error(`slowed at ${i}`);
      await attempt.succeeded();
    }
    for (let i = 0; i < 11; i++) expect((await knock('192.0.2.9', 'ana@demo.test', PASSWORD)).status).toBe(200);
  });

  test('a right password does not forgive the address its wrong ones', async () => {
    const { begin } = attempts();
    for (let i = 0; i < 30; i++) await begin(`other${i}@demo.test`, '192.0.2.10');
    world.wait(60_000);
    for (let i = 0; i < 29; i++) await begin(`other${i}@demo.test`, '192.0.2.10');
    expect((await knock('192.0.2.10', 'ana@demo.test', PASSWORD)).status).toBe(200);
    expect(await begin('other@demo.test', '192.0.2.10')).toHaveProperty('succeeded');
    expect(await begin('other@demo.test', '192.0.2.10')).toHaveProperty('retryAfter');
  });

  function attempts() {
    return createAttempts({ db: world.database.db, secret: world.secret, now: world.now });
  }

  test('the counters name neither account nor address', async () => {
    const { rows } = await sql<{ all: string }>`select string_agg(key, ' ') as all from identity.rate_limit`.execute(
      world.database.db,
    );
    expect(rows[0]?.all).not.toMatch(/demo|@|192\.|203\./);
  });
});
