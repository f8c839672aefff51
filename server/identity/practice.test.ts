import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { clientRecord } from '../../src/features/client/schema.ts';
import { openParcel, openSealingSession } from '../../src/sync/core/parcel.ts';
import { errorBody } from '../../src/sync/core/error-body.ts';
import { asUser, inPractice } from '../store/database.ts';
import { createPgStore } from '../store/pg-store.ts';
import { startMigratedPostgres } from '../testing/database.ts';
import type { MigratedPostgres } from '../testing/database.ts';
import { createPractice } from './create-practice.ts';
import { freshWorld, PASSWORD, PUBLIC_URL } from './identity.fixture.ts';
import type { World } from './identity.fixture.ts';
import { mainRole } from './membership.ts';
import { createPracticeKeys, createSealingKey, privateKeyFor, rotateSealingKey } from './practice-keys.ts';

const DAY_MS = 24 * 60 * 60_000;

let postgres: MigratedPostgres;
const worlds: World[] = [];

beforeAll(async () => {
  postgres = await startMigratedPostgres();
});

afterAll(async () => {
  for (const world of worlds) await world.database.close();
  await postgres?.remove();
});

async function newWorld(): Promise<World> {
  const world = await freshWorld(postgres);
  worlds.push(world);
  return world;
}

describe('the first run', () => {
  const asked = (token: string) => ({
    token,
    practice: { name: 'Harbor Care', slug: 'harbor-care', timezone: 'Europe/Lisbon' },
    owner: { name: 'Olu Owner', email: 'Owner@demo.test', password: PASSWORD },
  });

  async function openLink(world: World): Promise<string> {
    const link = await world.identity.setupLink();
    expect(link).toMatch(new RegExp(`^${PUBLIC_URL}/setup#[\\w-]{43}$`));
    return link?.split('#')[1] ?? '';
  }

  test('makes practice and owner, once', async () => {
    const world = await newWorld();
    const token = await openLink(world);
    expect((await world.post('/api/setup/check', { token: token })).status).toBe(200);
    expect((await world.post('/api/setup/check', { token: `${token.slice(1)}x` })).status).toBe(404);
    const made = await world.post('/api/setup', asked(token));
    expect([made.status, await made.json()]).toEqual([201, { practice: 'harbor-care' }]);
    const me = await (await world.get('/api/me', await world.signIn('owner@demo.test'))).json();
    expect(me).toMatchObject({
      user: { name: 'Olu Owner', email: 'owner@demo.test' },
      memberships: [{ practice: 'harbor-care', practiceName: 'Harbor Care', role: 'owner', roles: ['owner', 'admin'] }],
    });
    expect((await world.post('/api/setup/check', { token: token })).status).toBe(404);
    expect((await world.post('/api/setup', asked(token))).status).toBe(404);
    expect(await world.identity.setupLink()).toBeNull();
    expect(world.logged.join('')).not.toContain(token);
  });

  test('has one winner when two use the link at once', async () => {
    const world = await newWorld();
    const token = await openLink(world);
    const second = { ...asked(token), practice: { name: 'Other', slug: 'other', timezone: 'UTC' } };
    second.owner = { ...second.owner, email: 'second@demo.test' };
    const answers = await Promise.all([asked(token), second].map((body) => world.post('/api/setup', body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 404]);
    expect(await countOf(world, 'practice')).toBe(1);
    expect(await countOf(world, 'identity.user')).toBe(1);
  });

  test('keeps no token, ends it after a day and with the next start', async () => {
    const world = await newWorld();
    const before = await openLink(world);
    const token = await openLink(world);
    expect((await world.post('/api/setup/check', { token: before })).status).toBe(404);
    const { rows } = await sql<{
      all: string;
    }>`select string_agg(t::text, '') as all from identity.setup_token t`.execute(world.database.db);
    expect(rows[0]?.all).not.toContain(Buffer.from(token).toString('hex'));
    expect(rows[0]?.all).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    world.wait(DAY_MS - 60_000);
    expect((await world.post('/api/setup/check', { token: token })).status).toBe(200);
    world.wait(120_000);
    expect((await world.post('/api/setup/check', { token: token })).status).toBe(404);
    expect((await world.post('/api/setup', asked(token))).status).toBe(404);
    expect(await countOf(world, 'practice')).toBe(0);
  });

  test('says where the form is wrong, and leaves the link open and nothing behind', async () => {
    const world = await newWorld();
    const token = await openLink(world);
    const good = asked(token);
    const wrongs = [
      [{ ...good, owner: { ...good.owner, password: 'elevenchars' } }, 'owner.password'],
      [{ ...good, owner: { ...good.owner, email: 'nobody' } }, 'owner.email'],
      [{ ...good, practice: { ...good.practice, slug: 'No Slug' } }, 'practice.slug'],
      [{ ...good, practice: { ...good.practice, timezone: 'Mars/Base' } }, 'practice.timezone'],
    ] as const;
    for (const [body, where] of wrongs) {
      const answer = await world.post('/api/setup', body);
      expect(answer.status).toBe(422);
      const refusal: unknown = await answer.json();
      expect(errorBody.parse(refusal).error).toMatchObject({ code: 'invalid', where });
    }
    await world.identity.createUser({ name: 'O', email: 'owner@demo.test', password: PASSWORD });
    expect((await world.post('/api/setup', good)).status).toBe(422);
    expect(await countOf(world, 'practice')).toBe(0);
    const other = { ...good, owner: { ...good.owner, email: 'free@demo.test' } };
    expect((await world.post('/api/setup', other)).status).toBe(201);
  });

  async function countOf(world: World, table: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
      world.database.db,
    );
    return rows[0]?.n ?? -1;
  }
});

describe('memberships', () => {
  let world: World;
  let both: string;
  let stranger: string;
  let harbor: Awaited<ReturnType<typeof createPractice>>;
  let hillside: Awaited<ReturnType<typeof createPractice>>;

  beforeAll(async () => {
    world = await newWorld();
    both = (await world.identity.createUser({ name: 'Bo', email: 'bo@demo.test', password: PASSWORD })).userId;
    stranger = (await world.identity.createUser({ name: 'S', email: 's@demo.test', password: PASSWORD })).userId;
    const third = (await world.identity.createUser({ name: 'T', email: 't@demo.test', password: PASSWORD })).userId;
    harbor = await createPractice(world, {
      slug: 'harbor-care',
      name: 'Harbor Care',
      timezone: 'UTC',
      owner: { userId: both, name: 'Bo', roles: ['owner', 'provider'] },
    });
    hillside = await createPractice(world, {
      slug: 'hillside',
      name: 'Hillside Clinic',
      timezone: 'UTC',
      owner: { userId: third, name: 'T' },
    });
    await addClient(hillside, both);
  });

  async function addClient({ practiceId, memberId: by }: typeof harbor, userId: string): Promise<void> {
    const [id, memberId] = [newId(), newId()];
    const fields = { legalName: 'Bo', birthDate: '1990-01-01', status: 'active', memberId, userId };
    const [reads, relations] = [new Map(), clientRecord.relations?.({ id, fields }) ?? []];
    const image = { type: 'client', id, space: `office:${id}`, by, schemaVersion: 1, fields, order: 0, relations };
    const expect = { relationsVersion: 1, lastN: 0, rows: reads };
    const commit = { ledger: null, expect, applied: 1, images: [image], entries: [], receivedAt: new Date() };
    if ((await createPgStore(world.database).commit(practiceId, commit)) === 'stale') throw new Error('stale');
  }

  test('of a person in two practices', async () => {
    const found = await world.identity.membershipsOf(both);
    expect(found).toMatchObject([
      { practiceId: harbor.practiceId, slug: 'harbor-care', practiceName: 'Harbor Care', memberId: harbor.memberId },
      { practiceId: hillside.practiceId, slug: 'hillside', practiceName: 'Hillside Clinic', roles: ['client'] },
    ]);
    expect(found[0]?.roles).toEqual(['owner', 'provider']);
    const me = await (await world.get('/api/me', await world.signIn('bo@demo.test'))).json();
    expect(me).toMatchObject({
      memberships: [
        { practice: 'harbor-care', role: 'provider', membershipId: harbor.memberId },
        { practice: 'hillside', role: 'client' },
      ],
    });
  });

  test('of a stranger, and of one practice that is not there', async () => {
    expect(await world.identity.membershipsOf(stranger)).toEqual([]);
    expect(await world.identity.principalFor(stranger, 'harbor-care')).toBeNull();
    expect(await world.identity.principalFor(both, 'nowhere')).toBeNull();
    expect(await world.identity.principalFor(both, 'harbor-care')).toEqual({
      userId: both,
      practiceId: harbor.practiceId,
      memberId: harbor.memberId,
      roles: ['owner', 'provider'],
    });
  });

  test('are all that the wall lets a person see before a practice is chosen', async () => {
    const seen = await asUser(world.database, both, async (tx) => ({
      relations: await tx.selectFrom('relation').select(['relation', 'subject']).execute(),
      rows: await tx.selectFrom('row').selectAll().execute(),
      practices: await tx.selectFrom('practice').selectAll().execute(),
      keys: await tx.selectFrom('sealing_key').selectAll().execute(),
    }));
    const own = { relation: 'user', subject: `user:${both}` };
    expect(seen).toEqual({ relations: [own, own], rows: [], practices: [], keys: [] });
    const nothing = await asUser(world.database, stranger, (tx) => tx.selectFrom('relation').selectAll().execute());
    expect(nothing).toEqual([]);
    for (const table of ['identity.user', 'identity.session', 'identity.account', 'identity.setup_token']) {
      const peek = asUser(world.database, both, (tx) => sql`select * from ${sql.table(table)}`.execute(tx));
      await expect(peek).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a practice is made whole, or not at all', async () => {
    const again = { slug: 'hillside', name: 'Again', timezone: 'UTC', owner: { userId: both, name: 'Bo' } };
    await expect(createPractice(world, again)).rejects.toMatchObject({ code: '23505' });
    const noName = { ...again, slug: 'third', name: ' ' };
    await expect(createPractice(world, noName)).rejects.toThrow('name');
    const slugs = await world.database.db.selectFrom('practice').select('slug').orderBy('slug').execute();
    expect(slugs.map(({ slug }) => slug)).toEqual(['harbor-care', 'hillside']);
    const state = await createPgStore(world.database).practice('harbor-care');
    expect(state).toMatchObject({ version: 1, relationsVersion: 1 });
  });

  test('a caseload comes before an office', () => {
    expect(mainRole(['owner', 'admin'])).toBe('owner');
    expect(mainRole(['admin', 'provider'])).toBe('provider');
    expect(mainRole(['prospect'])).toBe('prospect');
    expect(mainRole([])).toBeUndefined();
  });

  describe('sealing keys', () => {
    const header = { user: newId(), device: newId(), n: 1, mid: newId(), kind: 'mutation' };
    const words = new TextEncoder().encode('words');

    test('open what was sealed before and after they changed', async () => {
      const keys = createPracticeKeys(world);
      const { practiceId } = harbor;
      const first = await keys.sealingKey(practiceId);
      const early = (await openSealingSession(first)).seal(header, words);
      const second = await inPractice(world.database, practiceId, (tx) =>
        rotateSealingKey(tx, practiceId, world.secret),
      );
      expect(await keys.sealingKey(practiceId)).toEqual(second);
      expect(second.keyId).not.toBe(first.keyId);
      const late = (await openSealingSession(second)).seal(header, words);
      for (const bytes of [early, late]) {
        const opened = await openParcel({ header, bytes, privateKeyFor: keys.privateKeyFor(practiceId) });
        expect(opened).toEqual({ status: 'opened', plaintext: words });
      }
      const foreign = keys.privateKeyFor(hillside.practiceId);
      expect(await openParcel({ header, bytes: early, privateKeyFor: foreign })).toMatchObject({
        reason: 'unknown-key',
      });
    });

    test('are useless under another secret, and in another practice', async () => {
      const { practiceId } = hillside;
      const { keyId } = await createPracticeKeys(world).sealingKey(practiceId);
      const open = (secret: Uint8Array) =>
        inPractice(world.database, practiceId, (tx) => privateKeyFor(tx, secret, { practiceId, keyId }));
      expect(await open(world.secret)).toBeDefined();
      await expect(open(new Uint8Array(32))).rejects.toThrow();
      await sql`insert into sealing_key (practice_id, key_id, public_key, sealed_private, retired_at)
        select ${harbor.practiceId}, key_id, public_key, sealed_private, now() from sealing_key
        where practice_id = ${practiceId}`.execute(world.database.db);
      const moved = { practiceId: harbor.practiceId, keyId };
      const open2 = inPractice(world.database, harbor.practiceId, (tx) => privateKeyFor(tx, world.secret, moved));
      await expect(open2).rejects.toThrow();
    });

    test('one is current, never two', async () => {
      const { practiceId } = harbor;
      const second = inPractice(world.database, practiceId, (tx) => createSealingKey(tx, practiceId, world.secret));
      await expect(second).rejects.toMatchObject({ code: '23505' });
    });
  });
});
