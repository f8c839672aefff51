// An invitation from the act that makes it to the sign-in that it opens, on PostgreSQL: letters, pages, what each stands at, and
// that it works once.

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { readLink } from '../../src/features/invitation/schema.ts';
import type { InvitationLink } from '../../src/features/invitation/schema.ts';
import { EffectWorld, NOON, PUBLIC_URL } from '../effects/effects.fixture.ts';
import { invitationsToSend, practicesThatInvite, sendInvitation } from '../effects/invitations.ts';
import { createHttp } from '../http.ts';
import { createOriginRule } from '../http/origin.ts';
import { createIdentity } from '../identity/identity.ts';
import type { Identity } from '../identity/identity.ts';
import { createHealth } from '../store/health.ts';
import { invitationRoutes } from './routes.ts';

const PASSWORD = 'a long enough password';
const DAY_MS = 86_400_000;

let world: EffectWorld;
let identity: Identity;
let fetchHere: (request: Request) => Promise<Response>;
let tries = 0;

beforeAll(async () => {
  world = await EffectWorld.open();
  const { database, secret, log, parts } = world;
  identity = createIdentity({ database, publicUrl: PUBLIC_URL, secret, log });
  const mount = (app: Hono) => {
    identity.routes(app);
    invitationRoutes(app, { ...parts, identity });
  };
  const origin = createOriginRule(PUBLIC_URL);
  const health = createHealth(database);
  fetchHere = createHttp({ publicUrl: PUBLIC_URL, version: '0', origin, log, health, files: null, mount });
}, 240_000);
beforeEach(async () => {
  await world.clear();
  await sql`delete from identity.rate_limit`.execute(world.database.db);
});
afterAll(() => world?.remove());

async function post(path: string, body: JsonObject): Promise<{ status: number; body: JsonObject; cookie: string }> {
  const headers = { 'content-type': 'application/json', origin: PUBLIC_URL };
  const answer = await fetchHere(
    new Request(`${PUBLIC_URL}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { status: answer.status, body: (await answer.json()) as JsonObject, cookie };
}

const check = async (link: InvitationLink) => (await post('/api/invitations/check', { ...link })).body;
const join = async (link: InvitationLink, more: JsonObject = {}) =>
  (await post('/api/invitations/join', { ...link, login: '', password: PASSWORD, ...more })).body;
const signIn = (email: string, password = PASSWORD) => post('/api/auth/sign-in/email', { email, password });

async function newClient(details: JsonObject = {}): Promise<string> {
  const id = newId();
  const said = { legalName: 'Zq Newcomer', birthDate: '1990-02-28', ...details };
  await world.act('support', 'client.addClient', { id, details: said, status: 'prospect' });
  return id;
}

async function inviteByLetter(of: string, more: JsonObject = {}): Promise<{ id: string; login: string }> {
  const id = newId();
  const login = `new${(tries += 1)}@example.org`;
  await world.act('support', 'invitation.invite', { id, client: of, way: 'email', login, ...more });
  return { id, login: String(more['login'] ?? login) };
}

async function inviteOnPaper(of: string, login: string, more: JsonObject = {}): Promise<InvitationLink> {
  const [id, secret] = [newId(), 'A'.repeat(22)];
  const secretHash = createHash('sha256').update(secret).digest('base64url');
  await world.act('support', 'invitation.invite', { id, client: of, way: 'print', login, secretHash, ...more });
  return { id, secret };
}

/** As the jobs do it, one after the other. */
async function send(parts: Partial<EffectWorld['parts']> = {}, isLast = false): Promise<void> {
  const all = { ...world.parts, ...parts };
  for (const id of await invitationsToSend(all, world.practice))
    await sendInvitation(all, { practice: world.practice, id }, { isLast });
}

/** What the newest letter to that address opens. */
async function linkTo(login: string): Promise<InvitationLink> {
  const letter = must(
    (await world.letters()).find((text) => text.includes(`To: ${login}`)),
    'a letter',
  );
  const text = letter.replace(/=\r\n/g, '').replaceAll('=3D', '=');
  return must(readLink(must(/\/join(#[\w.-]+)/.exec(text)?.[1], 'a link')) ?? undefined, 'a link of ours');
}

async function fieldsOf(type: string, id: string): Promise<JsonObject> {
  const [row] = await world.rows<{ fields: JsonObject }>(
    `select fields from row where type = '${type}' and id = '${id}'`,
  );
  return must(row, 'a row').fields;
}

test('a letter says nothing of her or the practice, opens once, and makes her a client who signs in', async () => {
  const her = await newClient({ language: 'es' });
  const { id, login } = await inviteByLetter(her);
  expect(await practicesThatInvite(world.database)).toEqual([world.practice]);
  expect(await fieldsOf('client', her)).toMatchObject({ status: 'invited' });
  await send();
  await send();
  expect(await practicesThatInvite(world.database)).toEqual([]);
  const [letter, ...more] = await world.letters();
  expect(more).toEqual([]);
  expect(letter).toContain('Auto-Submitted');
  expect(letter).not.toContain('List-Unsubscribe');
  expect(letter?.replace(/=\r\n/g, '')).not.toMatch(/Zq|Newcomer|Harbor|demo|care team|nutri/i);
  const link = await linkTo(login);
  // What the database holds does not open it.
  const kept =
    JSON.stringify(await world.rows('select * from row')) + JSON.stringify(await world.rows('select * from mail'));
  expect(kept).not.toContain(link.secret);
  expect(await check(link)).toEqual({ state: 'open', login, way: 'email', hasAccount: false });
  expect(await fieldsOf('client', her)).toMatchObject({ status: 'invited' });
  expect(await join(link)).toEqual({ state: 'joined', login, practice: 'harbor-care' });
  const { status, cookie } = await signIn(login);
  expect(status).toBe(200);
  const me = await fetchHere(new Request(`${PUBLIC_URL}/api/me`, { headers: { cookie } }));
  expect(await me.json()).toMatchObject({ memberships: [{ practice: 'harbor-care', role: 'client' }] });
  expect(await fieldsOf('client', her)).toMatchObject({ status: 'active' });
  expect(await fieldsOf('invitation', id)).toMatchObject({ status: 'accepted', endedAt: NOON.toISOString() });
  // Once.
  expect(await check(link)).toEqual({ state: 'accepted' });
  expect(await join(link, { password: 'another password' })).toEqual({ state: 'accepted' });
  expect((await signIn(login, 'another password')).status).toBe(401);
});

test('a page opens to whatever name she chooses, typed as people type it, and no letter goes to a name', async () => {
  const her = await newClient();
  const link = await inviteOnPaper(her, '+15550100143');
  expect(await check(link)).toEqual({ state: 'open', login: '+15550100143', way: 'print', hasAccount: false });
  expect(await join(link, { login: 'somebody@example.org' })).toEqual({ state: 'bad-name' });
  expect(await join(link, { login: 'x' })).toEqual({ state: 'bad-name' });
  expect(await join(link, { login: '+1 555 010-0143' })).toMatchObject({ state: 'joined', login: '+15550100143' });
  expect((await signIn('+1 (555) 010 0143')).status).toBe(200);
  expect((await signIn('+1 555 010 0144')).status).toBe(401);
  // A name that is taken opens to nobody else.
  const other = await inviteOnPaper(await newClient(), '+15550100143');
  expect(await join(other, { login: '+15550100143', password: 'not her password' })).toEqual({ state: 'name-taken' });
  expect(await join(other, { login: '+15550100143' })).toEqual({ state: 'here-already' });
  expect(await join(other, { login: 'new.name', password: 'not her password' })).toMatchObject({ state: 'joined' });
});

test('taken back, replaced, expired, unknown and of another practice each open nothing, and say which', async () => {
  const her = await newClient();
  const first = await inviteByLetter(her);
  await send();
  const link = await linkTo(first.login);
  const second = await inviteByLetter(her, { replaces: [first.id] });
  await send();
  const newer = await linkTo(second.login);
  expect(await check(link)).toEqual({ state: 'replaced' });
  world.clock = new Date(NOON.getTime() + 14 * DAY_MS);
  expect(await check(newer)).toEqual({ state: 'expired' });
  expect(await join(newer)).toEqual({ state: 'expired' });
  world.clock = NOON;
  await world.act('support', 'invitation.revoke', { id: second.id, client: her });
  expect(await check(newer)).toEqual({ state: 'revoked' });
  expect(await join(newer)).toEqual({ state: 'revoked' });
  // She is what she was before.
  expect(await fieldsOf('client', her)).toMatchObject({ status: 'prospect' });
  for (const wrong of [
    { ...newer, secret: 'B'.repeat(22) },
    { ...newer, id: newId() },
  ])
    for (const path of ['check', 'join']) {
      const answer = await post(`/api/invitations/${path}`, { ...wrong, login: '', password: PASSWORD });
      expect([answer.status, JSON.stringify(answer.body).includes('Zq')]).toEqual([404, false]);
    }
  expect((await signIn(second.login)).status).toBe(401);
});

test('of two who use it at the same time one comes in, and nothing is left of the other', async () => {
  const her = await newClient();
  const link = await inviteOnPaper(her, 'first.name');
  const both = await Promise.all([join(link, { login: 'one.name' }), join(link, { login: 'two.name' })]);
  expect(both.map(({ state }) => state).sort()).toEqual(['accepted', 'joined']);
  const came = must(
    both.find(({ state }) => state === 'joined'),
    'one',
  );
  const names = ['one.name', 'two.name'].map((name) => signIn(name));
  expect((await Promise.all(names)).map(({ status }) => status).sort()).toEqual([200, 401]);
  expect((await signIn(String(came['login']))).status).toBe(200);
});

test('who has an account elsewhere comes in by its password alone, and keeps both practices', async () => {
  const { login } = await inviteByLetter(await newClient(), { login: 'zoe@other.test' });
  await send();
  const link = await linkTo(login);
  expect(await check(link)).toMatchObject({ state: 'open', hasAccount: true });
  expect(await join(link, { password: 'not her password' })).toEqual({ state: 'wrong-password' });
  expect(await join(link, { password: 'interlude-demo' })).toMatchObject({ state: 'joined' });
  const { cookie } = await signIn(login, 'interlude-demo');
  const me = await fetchHere(new Request(`${PUBLIC_URL}/api/me`, { headers: { cookie } }));
  const { memberships } = (await me.json()) as { memberships: { practice: string }[] };
  expect(memberships.map(({ practice }) => practice)).toEqual(['harbor-care', 'hillside']);
  // Who is here already is not made another client of the same practice.
  const { login: ben } = await inviteByLetter(await newClient(), { login: 'ben@demo.test' });
  await send();
  expect(await join(await linkTo(ben), { password: 'interlude-demo' })).toEqual({ state: 'here-already' });
});

test('guesses are counted as those of a sign-in are; a short password says where', async () => {
  const link = await inviteOnPaper(await newClient(), 'slow.name');
  const short = await post('/api/invitations/join', { ...link, login: 'slow.name', password: 'short' });
  expect([short.status, short.body]).toMatchObject([422, { error: { where: 'password' } }]);
  const guess = () => post('/api/invitations/check', { ...link, secret: 'C'.repeat(22) });
  const statuses = [];
  for (let i = 0; i < 11; i += 1) statuses.push((await guess()).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
});

test('a mail server that is away keeps a letter waiting; one that refuses the address says so to the staff', async () => {
  const her = await newClient();
  const { id, login } = await inviteByLetter(her);
  const away = { ...world.parts.mailer, send: () => Promise.reject(new Error('away')) };
  await expect(send({ mailer: away })).rejects.toThrow('away');
  expect(await fieldsOf('invitation', id)).toMatchObject({ status: 'requested' });
  await send();
  expect(await check(await linkTo(login))).toMatchObject({ state: 'open' });
  const { id: other } = await inviteByLetter(her, { replaces: [id] });
  const refuses = { ...world.parts.mailer, send: () => Promise.resolve('refused' as const) };
  await send({ mailer: refuses });
  expect(await fieldsOf('invitation', other)).toMatchObject({ status: 'undeliverable' });
  // What met weather for so long is given up, and the staff see it.
  const { id: last } = await inviteByLetter(her, { replaces: [other] });
  await expect(send({ mailer: away }, true)).rejects.toThrow('away');
  expect(await fieldsOf('invitation', last)).toMatchObject({ status: 'undeliverable' });
  expect(await practicesThatInvite(world.database)).toEqual([]);
});

test('who signs in already, who wants no e-mail, and whose care has ended is not invited', async () => {
  const invite = (of: string) => inviteByLetter(of);
  await expect(invite(await newClient({ safeContact: { noEmail: true } }))).rejects.toThrow('not-allowed');
  const [ana] = await world.rows<{ id: string }>(
    `select id from row where type = 'client' and fields ->> 'legalName' like 'Ana%'`,
  );
  await expect(invite(must(ana, 'Ana').id)).rejects.toThrow('already-there');
});

test('who has died meanwhile is not brought back by what was left open, and no letter goes to her', async () => {
  const her = await newClient();
  const end = (more: JsonObject) =>
    world.act('support', 'client.changeStatus', {
      ...{ id: newId(), client: her, from: 'invited', to: 'deceased', reason: 'zq', said: 'zq', ...more },
    });
  const first = await inviteByLetter(her);
  const second = await inviteByLetter(her, { replaces: [first.id] });
  const page = await inviteOnPaper(await newClient(), 'other.name');
  // The desk that ends it knows of the first alone.
  await end({ invitations: [first.id] });
  await send();
  expect(await world.letters()).toEqual([]);
  expect(await fieldsOf('invitation', second.id)).toMatchObject({ status: 'revoked' });
  // The same where it was sent, or printed, before.
  await end({ from: 'deceased', to: 'prospect' }).catch(() => end({ from: 'deceased', to: 'active' }));
  const paper = await inviteOnPaper(her, 'her.name');
  expect(await check(paper)).toMatchObject({ state: 'open' });
  await end({});
  expect(await check(paper)).toEqual({ state: 'revoked' });
  expect(await join(paper, { login: 'her.name' })).toEqual({ state: 'revoked' });
  expect(await fieldsOf('client', her)).toMatchObject({ status: 'deceased' });
  expect((await signIn('her.name')).status).toBe(401);
  expect(await check(page)).toMatchObject({ state: 'open' });
});

test('that she wants no e-mail holds for a letter that waits already', async () => {
  const her = await newClient();
  const { id } = await inviteByLetter(her);
  const changes = { safeContact: { noEmail: true } };
  await world.act('support', 'client.changeClient', { id: her, changes, seen: { safeContact: null } });
  await send();
  expect(await world.letters()).toEqual([]);
  expect(await fieldsOf('invitation', id)).toMatchObject({ status: 'undeliverable' });
});

test('who holds a link guesses nobody’s password by it: each guess counts for the account, and looking forgives none', async () => {
  await inviteByLetter(await newClient(), { login: 'zoe@other.test' });
  await send();
  const letter = await linkTo('zoe@other.test');
  const page = await inviteOnPaper(await newClient(), 'page.name');
  const body = { password: 'a wrong password', login: 'zoe@other.test' };
  const statuses = [];
  for (let i = 0; i < 11; i += 1) {
    statuses.push((await post('/api/invitations/join', { ...letter, ...body })).status);
    await post('/api/invitations/check', { ...letter });
    await post('/api/invitations/join', { ...page, ...body });
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  expect((await signIn('zoe@other.test', 'interlude-demo')).status).toBe(429);
});

test('a letter that the mail server does not take now keeps no other, and nothing else, from going', async () => {
  const bad = await inviteByLetter(await newClient());
  const good = await inviteByLetter(await newClient());
  const { mailer } = world.parts;
  const send = (letter: Parameters<typeof mailer.send>[0]) =>
    letter.to === bad.login ? Promise.reject(new Error('later')) : mailer.send(letter);
  const end = world.node({ mailer: { ...mailer, send } }).begin();
  try {
    const sent = async () => expect(await fieldsOf('invitation', good.id)).toMatchObject({ status: 'open' });
    await vi.waitFor(sent, { timeout: 50_000, interval: 100 });
  } finally {
    await end();
  }
  expect(await fieldsOf('invitation', bad.id)).toMatchObject({ status: 'requested' });
});

test('of two who come in at once by one link, one name and one password, the one who is in stays in', async () => {
  for (let i = 0; i < 3; i += 1) {
    const link = await inviteOnPaper(await newClient(), `twice${i}`);
    const both = await Promise.all([join(link, { login: `twice${i}` }), join(link, { login: `twice${i}` })]);
    expect(both.map(({ state }) => state).sort()).toEqual(['accepted', 'joined']);
    const { status, cookie } = await signIn(`twice${i}`);
    expect(status).toBe(200);
    const me = await fetchHere(new Request(`${PUBLIC_URL}/api/me`, { headers: { cookie } }));
    expect(await me.json()).toMatchObject({ memberships: [{ role: 'client' }] });
  }
});

test('one person who comes in by two links at once is one client', async () => {
  const pages = await Promise.all([1, 2].map(async () => inviteOnPaper(await newClient(), 'both.name')));
  const both = await Promise.all(pages.map((page) => join(page, { login: 'both.name' })));
  expect(both.map(({ state }) => state).sort()).toEqual(['here-already', 'joined']);
});
