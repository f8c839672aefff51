// `GET /api/conversations` over a database: to each the conversations that he takes part in, with who else does.

import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CHAT, MESSAGES, SEGMENT_ITEMS } from '../../src/features/chat/doc-names.ts';
import { CONVERSATION, STANDING_KINDS, conversationIdOf, HEAD, spaceOfKind } from '../../src/features/chat/schema.ts';
import type { StandingKind } from '../../src/features/chat/schema.ts';
import { HttpRefusal, refusalResponse } from '../http/errors.ts';
import type { Clinic, Name } from '../testing/clinic.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { startPgServer, USER_HEADER } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';
import { conversationsRoute } from './conversations-api.ts';
import { createViewers } from './viewer.ts';

const AT = '2026-06-10T12:00:00.000Z';
const listing = z.array(
  z.strictObject({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    client: z.string(),
    practice: z.string(),
    participants: z.array(z.string()),
    documents: z.array(z.string()),
  }),
);

let databases: TestDatabases;
let clinic: Clinic;
let app: Hono;

beforeAll(async () => {
  databases = await startTestDatabases();
  const database = await databases.fresh();
  const server = await startPgServer(database);
  ({ clinic } = server);
  await begin(server, 'ana', 3);
  await begin(server, 'harborClient', 1);
  app = new Hono();
  app.onError((error) => {
    if (error instanceof HttpRefusal) return refusalResponse(error.code, error.detail);
    throw error;
  });
  conversationsRoute(app, {
    ...{ database, store: server.store, viewers: createViewers(server.store, server.declared) },
    sessionOf: async (headers) => {
      const userId = headers.get(USER_HEADER);
      return userId === null ? null : { userId };
    },
    membershipsOf: async (userId) =>
      Object.values(clinic.people).flatMap(({ user, practice }) => (user === userId ? [{ slug: practice }] : [])),
  });
});
afterAll(() => databases.remove());

/** Both conversations of a client, the care team's with so many parts. */
async function begin({ clinic: { people, write } }: SyncServer, name: Name, parts: number): Promise<void> {
  const { client, practice } = people[name];
  const placeOf = (kind: StandingKind) => ({
    id: conversationIdOf(client, kind),
    space: spaceOfKind(client, kind),
  });
  const fieldsOf = (kind: StandingKind) => ({ client, kind, startedAt: AT });
  const rows = STANDING_KINDS.map((kind) => ({ type: CONVERSATION, ...placeOf(kind), fields: fieldsOf(kind) }));
  const head = { segment: parts, seq: SEGMENT_ITEMS, counts: {} };
  await write(practice, [...rows, { type: HEAD, ...placeOf('care-team'), fields: head }]);
}

async function listedFor(name: Name) {
  const answer = await app.request('/api/conversations', { headers: { [USER_HEADER]: clinic.people[name].user } });
  expect(answer.status).toBe(200);
  return listing.parse(await answer.json());
}
const users = (...names: Name[]) => names.map((name) => clinic.people[name].user).sort();

test('a client has both of hers, with who takes part and every part of what was said, the newest last', async () => {
  const { client } = clinic.people.ana;
  const [team, desk] = STANDING_KINDS.map((kind) => conversationIdOf(client, kind));
  expect(await listedFor('ana')).toEqual([
    {
      ...{ id: team, kind: 'care-team', title: 'Care team', client, practice: 'willow' },
      participants: users('ana', 'lee'),
      documents: [1, 2, 3].map((part) => `${CHAT}:${team}:${part}`),
    },
    {
      ...{ id: desk, kind: 'front-desk', title: 'Front desk', client, practice: 'willow' },
      participants: users('ana', 'lee', 'owner', 'admin', 'support'),
      documents: [`${CHAT}:${desk}:1`],
    },
  ]);
});

test('the care team has both, the office the front desk alone, and nobody else anything', async () => {
  const kindsOf = async (name: Name) => (await listedFor(name)).map(({ practice, kind }) => `${practice} ${kind}`);
  expect(await kindsOf('lee')).toEqual(['willow care-team', 'willow front-desk']);
  for (const name of ['owner', 'admin', 'support'] as const) expect(await kindsOf(name)).toEqual(['willow front-desk']);
  for (const name of ['okafor', 'ben', 'prospect'] as const) expect(await kindsOf(name), name).toEqual([]);
  expect(await kindsOf('harborProvider')).toEqual(['harbor care-team', 'harbor front-desk']);
});

test('says no word of what was said, and nothing at all to who is not signed in', async () => {
  const answer = await app.request('/api/conversations');
  expect(answer.status).toBe(401);
  expect(JSON.stringify(await listedFor('ana'))).not.toContain(MESSAGES);
});
