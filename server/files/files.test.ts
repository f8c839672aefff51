import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { MATRIX } from '../../src/features/policy-matrix.ts';
import type { PrincipalKind } from '../../src/features/policy-matrix.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { FILE_MAX_BYTES } from '../../src/sync/core/files.ts';
import type { Name } from '../testing/clinic.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { digestOf, someFile, startFileServer, TUS } from './file-server.fixture.ts';
import type { FileServer } from './file-server.fixture.ts';
import { forgetUploads } from './forget-uploads.ts';
import { openFileStore } from './open-file-store.ts';
import { FILE_LIMITS } from './quota.ts';
import { startBucket } from './bucket.fixture.ts';

const WHO: Record<PrincipalKind, Name | null> = {
  prospect: 'prospect',
  self: 'ana',
  otherClient: 'ben',
  teamProvider: 'lee',
  offTeamProvider: 'okafor',
  support: 'support',
  admin: 'admin',
  owner: 'owner',
  otherPractice: 'harborProvider',
  notSignedIn: null,
};

let databases: TestDatabases;
let server: FileServer;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  server = await startFileServer(await databases.fresh());
});
afterEach(() => server.remove());

async function locationOf(answer: Response): Promise<string> {
  expect(answer.status).toBe(201);
  return must(answer.headers.get('location'), 'a location');
}
const offsetOf = (answer: Response) => Number(answer.headers.get('upload-offset'));
const head = (who: Name, location: string) => server.ask(who, location, { method: 'HEAD', headers: TUS });
const pathOf = (id: string, practice = 'willow') => `/api/files/${practice}/${id}`;
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

describe('what goes up and comes down', () => {
  test('a file arrives in pieces, is there whole, and comes down as it was, for its person’s own cache only', async () => {
    const file = someFile(1000);
    const location = await locationOf(await server.begin('ana', file));
    expect(offsetOf(await server.patch('ana', location, 0, file.bytes.subarray(0, 400)))).toBe(400);
    const between = await head('ana', location);
    expect([between.status, offsetOf(between), between.headers.get('upload-length')]).toEqual([200, 400, '1000']);
    expect(between.headers.get('cache-control')).toBe('no-store');
    expect((await server.ask('ana', pathOf(file.id))).status).toBe(404);
    expect(offsetOf(await server.patch('ana', location, 400, file.bytes.subarray(400)))).toBe(1000);
    for (const who of ['ana', 'lee'] as const) {
      const down = await server.ask(who, pathOf(file.id));
      expect(new Uint8Array(await down.arrayBuffer())).toEqual(file.bytes);
      expect(down.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect(down.headers.get('content-type')).toBe('application/octet-stream');
      expect(down.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(await server.lying('files')).toEqual([file.id]);
    expect(await server.lying('uploads')).toEqual([]);
    expect(server.told).toEqual([chartOf(server.clinic.people.ana.client)]);
  });

  test('a piece from another place than where it stands is refused with that place, and nothing of it is kept', async () => {
    const file = someFile(1000);
    const location = await locationOf(await server.begin('ana', file));
    await server.patch('ana', location, 0, file.bytes.subarray(0, 400));
    const wrong = await server.patch('ana', location, 300, file.bytes.subarray(300));
    expect([wrong.status, await wrong.json()]).toMatchObject([409, { error: { code: 'gap', expected: 400 } }]);
    expect(offsetOf(await head('ana', location))).toBe(400);
  });

  test('the same file sent twice is one, and need not be sent again', async () => {
    const file = someFile(500);
    await server.upload('ana', file);
    const again = await server.begin('ana', file);
    expect([again.status, offsetOf(again)]).toEqual([201, 500]);
    expect(offsetOf(await server.patch('ana', await locationOf(again), 500, new Uint8Array()))).toBe(500);
    expect(await server.lying('files')).toEqual([file.id]);
  });

  test('a file whose bytes are gone from the disk is not said to be there, and can be sent again', async () => {
    const file = someFile(500);
    await server.upload('ana', file);
    const other = someFile(10);
    await writeFile(join(server.dataDir, 'files', server.clinic.practiceIds.willow, file.id.slice(0, 2), file.id), '');
    expect(offsetOf(await server.begin('ana', file))).toBe(0);
    await server.upload('ana', other);
    await server.upload('ana', file);
    expect(digestOf(new Uint8Array(await (await server.ask('lee', pathOf(file.id))).arrayBuffer()))).toBe(file.id);
  });
});

describe('what is refused', () => {
  test('bytes that are not what their name says are dropped', async () => {
    const file = someFile(300);
    const location = await locationOf(await server.begin('ana', file));
    const wrong = await server.patch('ana', location, 0, someFile(300).bytes);
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'invalid']);
    expect([await server.lying('files'), await server.lying('uploads')]).toEqual([[], []]);
    expect((await server.ask('ana', pathOf(file.id))).status).toBe(404);
    expect(offsetOf(await server.patch('ana', location, 0, file.bytes))).toBe(300);
  });

  test('more than the limit, or than was announced', async () => {
    const { id } = someFile(1);
    const huge = await server.begin('ana', { id, bytes: new Uint8Array(FILE_MAX_BYTES + 1) });
    expect(huge.status).toBe(413);
    const file = someFile(300);
    const location = await locationOf(await server.begin('ana', file));
    const more = await server.patch('ana', location, 0, someFile(301).bytes);
    expect(more.status).toBe(413);
    expect(await server.lying('uploads')).toEqual([]);
  });

  test('names that are none, an empty file, another version of the protocol, another kind of body, no Origin', async () => {
    const file = someFile(20);
    for (const id of ['../../etc/passwd', 'x', file.id.toUpperCase()])
      expect((await server.begin('ana', { ...file, id })).status).toBe(422);
    expect((await server.begin('ana', { ...file, bytes: new Uint8Array() })).status).toBe(422);
    const old = await server.ask('ana', '/api/files/willow', { method: 'POST', headers: { 'tus-resumable': '0.2.2' } });
    expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    const location = await locationOf(await server.begin('ana', file));
    const json = { ...TUS, 'content-type': 'application/json', 'upload-offset': '0' };
    expect((await server.ask('ana', location, { method: 'PATCH', headers: json, body: '{}' })).status).toBe(400);
    const foreign = await server.ask('ana', location, { method: 'PATCH', headers: { origin: 'https://evil.test' } });
    expect(foreign.status).toBe(403);
  });

  test('more uploads under way than a device has any use for; what has arrived does not count', async () => {
    await server.upload('ana', someFile(10));
    for (let i = 0; i < FILE_LIMITS.openUploads; i++)
      expect((await server.begin('ana', someFile(10))).status).toBe(201);
    expect((await server.begin('ana', someFile(10))).status).toBe(429);
    expect((await server.begin('ben', someFile(10), 'ben')).status).toBe(201);
  });

  test('more bytes of a member than a day may have, begun or arrived, in whichever space; what is there already is free', async () => {
    await server.remove();
    server = await startFileServer(await databases.fresh(), { limits: { ...FILE_LIMITS, dayBytes: 1000 } });
    const [first, second] = [someFile(400), someFile(600)];
    await server.upload('ana', first);
    const location = await locationOf(await server.begin('ana', second));
    const more = await server.begin('ana', someFile(1));
    expect([more.status, await codeOf(more)]).toEqual([409, 'no-room']);
    expect((await server.patch('ana', location, 0, second.bytes)).status).toBe(204);
    expect((await server.begin('ana', someFile(1))).status).toBe(409);
    for (const file of [first, second]) expect((await server.begin('ana', file)).status).toBe(201);
    expect((await server.begin('ben', someFile(1000), 'ben')).status).toBe(201);
    await server.aDayLater();
    expect((await server.begin('ana', someFile(1000))).status).toBe(201);
  });

  test('more bytes in a space than it may have, whoever sent them and however long ago', async () => {
    await server.remove();
    server = await startFileServer(await databases.fresh(), { limits: { ...FILE_LIMITS, spaceBytes: 1000 } });
    await server.upload('ana', someFile(700));
    await server.aDayLater();
    expect(await codeOf(await server.begin('ana', someFile(301)))).toBe('no-room');
    const answers = await Promise.all([1, 2, 3].map(() => server.begin('ana', someFile(200))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await server.begin('ben', someFile(301), 'ben')).status).toBe(201);
  });

  test('anything where the disk has little room left, also of what was begun before; what is there is still given out', async () => {
    const [there, begun] = [someFile(100), someFile(100)];
    await server.upload('ana', there);
    const location = await locationOf(await server.begin('ana', begun));
    server.isFull = true;
    expect(await codeOf(await server.begin('ana', someFile(1)))).toBe('no-room');
    expect(await codeOf(await server.patch('ana', location, 0, begun.bytes))).toBe('no-room');
    expect(await server.lying('uploads')).toEqual([]);
    expect(offsetOf(await server.begin('ana', there))).toBe(100);
    expect((await server.ask('lee', pathOf(there.id))).status).toBe(200);
  });

  test('an upload is its beginner’s own, and ends with his right', async () => {
    const file = someFile(100);
    const location = await locationOf(await server.begin('ana', file));
    for (const who of ['ben', 'lee', 'okafor', 'owner'] as const) {
      expect((await head(who, location)).status).toBe(404);
      expect((await server.patch(who, location, 0, file.bytes)).status).toBe(404);
    }
    const elsewhere = location.replace('/willow/', '/harbor/');
    expect((await server.patch('harborClient', elsewhere, 0, file.bytes)).status).toBe(404);
    await server.clinic.setStatus('ana', 'prospect');
    expect((await server.patch('ana', location, 0, file.bytes)).status).toBe(404);
  });

  test('who may send into a chart of his own learns nothing of a file in another by naming it', async () => {
    const file = someFile(100);
    await server.upload('ana', file);
    const own = await server.begin('ben', file, 'ben');
    expect([own.status, offsetOf(own)]).toEqual([201, 0]);
    expect((await server.ask('ben', pathOf(file.id))).status).toBe(404);
  });
});

describe('who may', () => {
  const cells = MATRIX.filter(({ resource, verb }) => resource === 'file' && ['create', 'read'].includes(verb));
  test.each(cells)('$principal $verb: $allowed', async ({ principal, verb, allowed }) => {
    const who = WHO[principal];
    const file = someFile(50);
    const no = who === null ? 401 : 404;
    if (verb === 'create') {
      expect((await server.begin(who, file)).status).toBe(allowed ? 201 : no);
      return;
    }
    await server.upload('ana', file);
    const practice = who === null ? 'willow' : server.clinic.people[who].practice;
    const [there, nowhere] = [
      await server.ask(who, pathOf(file.id, practice)),
      await server.ask(who, pathOf('0'.repeat(64), practice)),
    ];
    expect(there.status).toBe(allowed ? 200 : no);
    if (!allowed) expect(await there.text()).toBe(await nowhere.text());
  });

  test('off the team, and back on it', async () => {
    const file = someFile(50);
    await server.upload('ana', file);
    await server.clinic.setCare('lee', 'ana', false);
    expect((await server.ask('lee', pathOf(file.id))).status).toBe(404);
    await server.clinic.setCare('lee', 'ana', true);
    expect((await server.ask('lee', pathOf(file.id))).status).toBe(200);
  });
});

test('an upload that nobody goes on with is forgotten after a week, a finished file never', async () => {
  const [done, begun] = [someFile(50), someFile(60)];
  await server.upload('ana', done);
  const location = await locationOf(await server.begin('ana', begun));
  await server.patch('ana', location, 0, begun.bytes.subarray(0, 10));
  const { willow } = server.clinic.practiceIds;
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000);
  expect(await forgetUploads(server.stored, willow, inDays(6))).toBe(0);
  expect(await server.lying('uploads')).toHaveLength(1);
  expect(await forgetUploads(server.stored, willow, inDays(8))).toBe(2);
  expect(await server.lying('uploads')).toEqual([]);
  expect((await head('ana', location)).status).toBe(404);
  expect((await server.ask('lee', pathOf(done.id))).status).toBe(200);
});

test('a file in which fault was found is given to nobody any more, and who may not read it hears nothing of that', async () => {
  const file = someFile(1000);
  await server.upload('ana', file);
  expect((await server.ask('lee', pathOf(file.id))).status).toBe(200);
  await server.findFault(file.id);
  for (const who of ['lee', 'ana'] as const) {
    const answer = await server.ask(who, pathOf(file.id));
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'invalid']);
  }
  expect((await server.ask('ben', pathOf(file.id))).status).toBe(404);
});

test('with a bucket files go up and come down by the same door, and nothing of them lies on this server', async () => {
  const service = await startBucket();
  const fileStore = await openFileStore({ s3Url: service.url, dataDir: server.dataDir });
  const other = await startFileServer(await databases.fresh(), { fileStore });
  try {
    const file = someFile(700_000);
    const location = await locationOf(await other.begin('ana', file));
    expect(offsetOf(await other.patch('ana', location, 0, file.bytes.subarray(0, 300_000)))).toBe(300_000);
    expect(offsetOf(await other.ask('ana', location, { method: 'HEAD', headers: TUS }))).toBe(300_000);
    await other.patch('ana', location, 300_000, file.bytes.subarray(300_000));
    const answer = await other.ask('lee', pathOf(file.id));
    expect(digestOf(new Uint8Array(await answer.arrayBuffer()))).toBe(file.id);
    expect((await other.ask('ben', pathOf(file.id))).status).toBe(404);
    expect([await other.lying('files'), await other.lying('uploads')]).toEqual([[], []]);
  } finally {
    await other.remove();
    await service.remove();
  }
});
