import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { createHttp } from '../http.ts';
import { createOriginRule } from '../http/origin.ts';
import { demoId } from '../ops/demo-people.ts';
import { createHealth } from '../store/health.ts';
import { EffectWorld, member, PUBLIC_URL } from './effects.fixture.ts';
import { sendLetter } from './mail.ts';
import { mailRoutes } from './mail-routes.ts';
import type { ListedLetter } from './mail-routes.ts';
import { createOffTokens } from './off-token.ts';
import { settleDue } from './settle.ts';

const MORNING = new Date('2026-06-11T13:00:00.000Z');

let world: EffectWorld;

beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(() => world.clear());
afterAll(() => world?.remove());

/** The whole house around the routes; who is signed in, the request says. */
function house() {
  const mount = (app: Hono) =>
    mailRoutes(app, {
      ...world.parts,
      dataDir: world.dataDir,
      tokens: createOffTokens(world.secret),
      sessionOf: async (headers) => (headers.has('x-who') ? { userId: demoId(`user ${headers.get('x-who')}`) } : null),
      onFault: ({ error }) => {
        throw error;
      },
    });
  const fetch = createHttp({
    ...{
      publicUrl: PUBLIC_URL,
      version: '0',
      origin: createOriginRule(PUBLIC_URL),
      log: world.log,
      files: null,
      mount,
    },
    health: createHealth(world.database),
  });
  return (method: string, path: string, who?: string) =>
    fetch(
      new Request(path.startsWith('http') ? path : PUBLIC_URL + path, { method, headers: who ? { 'x-who': who } : {} }),
    );
}

/** A letter to Ana lies in the outbox; gives the address in it that ends all of them. */
async function letterToAna(): Promise<string> {
  await world.choose('lee', { switches: { 'entry.mail': false } });
  await world.comment('lee', 'ana', await world.write('ana'));
  await world.look();
  world.clock = MORNING;
  const jobs: { practice: string; id: string }[] = [];
  const sendJob = async (_: unknown, job: { data: object }) => void jobs.push(job.data as (typeof jobs)[number]);
  await settleDue({ ...world.parts, subjectFor: () => 'New activity in Interlude', sendJob }, world.practice);
  for (const job of jobs) await sendLetter(world.parts, job, { isLast: false });
  const [letter = ''] = await world.letters();
  return /List-Unsubscribe: <([^>]+)>/.exec(letter.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? '';
}

test('owner and admin read what was sent; to everybody else it is not there', async () => {
  await letterToAna();
  const call = house();
  const answer = await call('GET', '/api/mail/harbor-care', 'owner');
  expect(answer.status).toBe(200);
  const { isKept, letters } = (await answer.json()) as { isKept: boolean; letters: ListedLetter[] };
  expect(isKept).toBe(true);
  expect(letters).toMatchObject([
    { to: 'ana@demo.test', subject: 'New activity in Interlude', state: 'kept', at: MORNING.toISOString() },
  ]);
  expect(letters[0]?.body).toContain('There is something new for you');
  const file = `/api/mail/harbor-care/${letters[0]?.id}`;
  const saved = await call('GET', file, 'owner');
  expect(saved.headers.get('content-type')).toBe('message/rfc822');
  expect(await saved.text()).toBe((await world.letters())[0]);
  for (const path of ['/api/mail/harbor-care', file]) {
    expect((await call('GET', path)).status).toBe(401);
    for (const who of ['ana', 'lee', 'support', 'stone', 'zoe'])
      expect((await call('GET', path, who)).status, who).toBe(404);
  }
  // An owner of another practice finds his own list, and nothing by another's ids.
  expect(await (await call('GET', '/api/mail/hillside', 'stone')).json()).toMatchObject({ letters: [] });
  const id = letters[0]?.id ?? '';
  expect((await call('GET', `/api/mail/hillside/${id}`, 'stone')).status).toBe(404);
  for (const odd of [newId(), '..%2f..%2fsecret.key', 'x'])
    expect((await call('GET', `/api/mail/harbor-care/${odd}`, 'owner')).status).toBe(404);
});

test('a letter’s link asks first, ends all e-mail by one press from anywhere, and nothing else', async () => {
  await world.choose('ana', { switches: { 'comment.push': false }, digestHour: 7, language: 'es' });
  const off = await letterToAna();
  const call = house();
  const asked = await call('GET', off);
  expect(await asked.text()).toContain('Desactivar correos');
  const settings = () =>
    world.rows<{ id: string; fields: object }>(
      `select id, fields from row where type = 'notificationSettings' and id <> '${member('lee')}'`,
    );
  expect((await settings())[0]?.fields).toMatchObject({ switches: { 'comment.push': false } });
  // A mail program comes from no page, and without a cookie.
  for (let i = 0; i < 2; i++) expect((await call('POST', off)).status).toBe(200);
  expect(await settings()).toMatchObject([
    {
      id: member('ana'),
      fields: {
        ...{ digestHour: 7, language: 'es', zone: 'America/New_York' },
        switches: {
          'comment.push': false,
          'comment.mail': false,
          'reaction.mail': false,
          'entry.mail': false,
          'task.mail': false,
        },
      },
    },
  ]);
  await world.comment('lee', 'ana', await world.write('ana'));
  await world.look();
  world.clock = new Date('2026-06-12T13:00:00.000Z');
  await settleDue({ ...world.parts, subjectFor: () => '', sendJob: async () => undefined }, world.practice);
  expect(await world.rows('select id from mail')).toHaveLength(1);
});

test('a word that was not signed here ends nobody’s', async () => {
  const tokens = createOffTokens(world.secret);
  const good = tokens.make({ practice: world.practice, member: member('ana') });
  expect(tokens.read(good)).toEqual({ practice: world.practice, member: member('ana') });
  const others = createOffTokens(new Uint8Array(32).fill(8)).make({ practice: world.practice, member: member('ana') });
  const bent = Buffer.from(good, 'base64url');
  bent[20] = (bent[20] ?? 0) ^ 1;
  for (const token of [others, bent.toString('base64url'), good.slice(0, -2), '', 'x'.repeat(86)]) {
    expect(tokens.read(token)).toBeNull();
    expect((await house()('POST', `/api/mail/off/${token || '-'}`)).status).toBe(404);
  }
  // Only there is no Origin asked for.
  expect((await house()('POST', '/api/mail/harbor-care', 'owner')).status).toBe(403);
});
