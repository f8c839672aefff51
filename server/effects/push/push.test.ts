import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { HttpRefusal, refusalResponse } from '../../http/errors.ts';
import { demoId } from '../../ops/demo-people.ts';
import type { JobData, SendJob } from '../../jobs/jobs.ts';
import { client, EffectWorld, member, NOON } from '../effects.fixture.ts';
import { subjectFor } from '../letter.ts';
import { settleDue } from '../settle.ts';
import { PushDevice, PushService, senderOf } from './push-stand-in.fixture.ts';
import { pushRoutes } from './push-routes.ts';
import { sendPush } from './send-push.ts';

let world: EffectWorld;
let service: PushService;
const ending: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(async () => {
  await world.clear();
  service = await new PushService().listen();
  ending.push(() => service.close());
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => world?.remove());

const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 50_000, interval: 100 });
const way = () => ({ vapid: world.parts.push.vapid, ownService: service.origin });
const places = () =>
  world.rows<{ member_id: string; endpoint: string }>('select member_id, endpoint from push_subscription');
const waiting = () => world.rows('select id from push_message');

async function sessionOf(key: string, endsAt = new Date(NOON.getTime() + 30 * 86_400_000)): Promise<string> {
  const id = newId();
  await world.rows(`insert into identity.session (id, expires_at, token, updated_at, user_id)
    values ('${id}', '${endsAt.toISOString()}', '${id}', now(), '${demoId(`user ${key}`)}')`);
  return id;
}

/** The routes, for whoever the request says is signed in. */
function routes() {
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof HttpRefusal) return refusalResponse(error.code, error.detail);
    throw error;
  });
  const signedIn = async (headers: Headers) => {
    const [who, sessionId] = (headers.get('x-who') ?? '').split(' ');
    return who && sessionId ? { userId: demoId(`user ${who}`), sessionId } : null;
  };
  pushRoutes(app, { ...world.parts, ...way(), sessionOf: signedIn });
  return (method: string, who: string, body?: object, practice = 'harbor-care') =>
    app.request(`/api/push/${practice}`, {
      method,
      headers: { 'x-who': who, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
}

async function subscribe(key: string, name: string): Promise<{ device: PushDevice; session: string }> {
  const [device, session] = [new PushDevice(service, name), await sessionOf(key)];
  const { endpoint, keys } = device;
  expect((await routes()('PUT', `${key} ${session}`, { endpoint, keys })).status).toBe(204);
  return { device, session };
}

/** Dr. Lee has said two things to Ana, and her open devices have had their time. */
async function untilDue(): Promise<void> {
  const entry = await world.write('ana');
  await world.comment('lee', 'ana', entry, 'Sounds good, Ana');
  await world.comment('lee', 'ana', entry, 'And the walk?');
  await world.look();
  world.clock = new Date(NOON.getTime() + 60_000);
}

test('a burst is one push to each device of whom it is for, sealed for it, signed, and empty of all but that there is news', async () => {
  const { device: phone } = await subscribe('ana', 'phone');
  const { device: tablet } = await subscribe('ana', 'tablet');
  for (const other of ['ben', 'dana', 'owner', 'okafor']) await subscribe(other, other);
  await untilDue();
  ending.push(world.node({ push: way() }).begin(), world.node({ push: way() }).begin());
  await until(async () => expect(await waiting()).toEqual([]));
  await until(() => expect(service.taken.map(({ path }) => path).sort()).toEqual(['/phone', '/tablet']));
  for (const taken of service.taken) {
    const device = taken.path === '/phone' ? phone : tablet;
    expect(device.open(taken)).toBe('{"news":true}');
    expect(() => (device === phone ? tablet : phone).open(taken)).toThrow();
    expect(taken.headers).toMatchObject({ topic: 'news', ttl: '86400', urgency: 'normal' });
    const { key, claims } = senderOf(taken);
    expect(key).toBe(world.parts.push.vapid.publicKey);
    expect(claims.aud).toBe(service.origin);
    expect(claims.exp).toBeLessThan(Date.now() / 1000 + 24 * 3600 + 60);
    // What is signed was read above; in the letters of its signature any short word may come about.
    const { authorization: _, ...readable } = taken.headers;
    expect(JSON.stringify([readable, claims])).not.toMatch(/ana|lee|harbor|journal|comment/i);
  }
  expect(world.logged.join('')).not.toContain(service.origin);
});

test('no push goes to who has died since it was written', async () => {
  await subscribe('ana', 'phone');
  await untilDue();
  const jobs: JobData[] = [];
  const sendJob: SendJob = async (_, { data }) => void jobs.push(data as JobData);
  await settleDue({ ...world.parts, subjectFor, sendJob }, world.practice);
  expect(await waiting()).toHaveLength(1);
  const change = { client: client('ana'), id: newId(), from: 'active', to: 'deceased', reason: 'zq', said: 'zq' };
  await world.act('owner', 'client.changeStatus', change);
  try {
    for (const { practice, id = '' } of jobs)
      await sendPush({ ...way(), ...world.parts }, { practice, id }, { isLast: false });
    expect(await waiting()).toEqual([]);
    expect(service.taken).toEqual([]);
  } finally {
    const back = { client: client('ana'), id: newId(), from: 'deceased', to: 'active', reason: 'zq' };
    await world.act('lee', 'client.changeStatus', back);
  }
});

test('a device that is gone is forgotten; a service that is away is asked again', async () => {
  await subscribe('ana', 'gone');
  await subscribe('ana', 'busy');
  service.answers.set('/gone', 410).set('/busy', 503);
  await untilDue();
  const first = world.node({ push: way() }).begin();
  await until(async () => expect((await places()).map(({ endpoint }) => endpoint)).toEqual([`${service.origin}/busy`]));
  await until(async () =>
    expect(await world.rows(`select from jobs.job where name = 'push' and state = 'retry'`)).toHaveLength(1),
  );
  await first();
  service.answers.delete('/busy');
  // What it waits for is not the test's to wait for.
  await world.rows(`update jobs.job set start_after = now() where name = 'push'`);
  ending.push(world.node({ push: way() }).begin());
  await until(async () => expect(await waiting()).toEqual([]));
  expect(service.taken.filter(({ path }) => path === '/busy')).toHaveLength(2);
});

test('who has signed out, or whose session has run out, is not told there any more', async () => {
  const { session } = await subscribe('ana', 'out');
  await world.rows(`delete from identity.session where id = '${session}'`);
  expect(await places()).toEqual([]);
  const { session: old } = await subscribe('ana', 'old');
  await world.rows(`update identity.session set expires_at = '2026-01-01' where id = '${old}'`);
  await subscribe('ana', 'here');
  await untilDue();
  ending.push(world.node({ push: way() }).begin());
  await until(() => expect(service.taken.map(({ path }) => path)).toEqual(['/here']));
  await until(async () => expect((await places()).map(({ endpoint }) => endpoint)).toEqual([`${service.origin}/here`]));
  expect(service.taken).toHaveLength(1);
});

test('an address inside the walls is not taken, nor one of somebody who does not belong there', async () => {
  const call = routes();
  const { keys } = new PushDevice(service, 'x');
  const session = await sessionOf('ana');
  const put = (endpoint: string, who = `ana ${session}`, practice = 'harbor-care') =>
    call('PUT', who, { endpoint, keys }, practice);
  for (const endpoint of [
    ...[
      'http://push.example/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://localhost/x',
      'https://db.internal/x',
    ],
    ...[
      'https://push.example:8443/x',
      'https://user@push.example/x',
      'https://169.254.169.254/latest',
      'file:///etc/passwd',
    ],
    ...[
      'https://printer.local/x',
      'https://intranet/x',
      `https://push.example/${'x'.repeat(2000)}`,
      'https://2130706433/x',
    ],
  ])
    expect((await put(endpoint)).status, endpoint).toBe(422);
  expect((await put('https://push.example/x', '')).status).toBe(401);
  expect((await put('https://push.example/x', `ana ${session}`, 'hillside')).status).toBe(404);
  expect((await put('https://push.example/x', `ana ${session}`, 'nowhere')).status).toBe(404);
  expect(await places()).toEqual([]);
  expect((await put('https://push.example/x')).status).toBe(204);
  expect(await places()).toEqual([{ member_id: member('ana'), endpoint: 'https://push.example/x' }]);
  // Nobody takes away, or is given, what is another's.
  const bens = `ben ${await sessionOf('ben')}`;
  expect((await call('DELETE', bens, { endpoint: 'https://push.example/x' })).status).toBe(204);
  expect(await places()).toHaveLength(1);
  expect(Object.keys((await (await call('GET', bens)).json()) as object)).toEqual(['publicKey']);
  expect((await call('DELETE', `ana ${session}`, { endpoint: 'https://push.example/x' })).status).toBe(204);
  expect(await places()).toEqual([]);
});
