import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { digestOfSpaces } from '../../src/sync/core/digest.ts';
import { helloAnswer, pullAnswer } from '../../src/sync/core/protocol.ts';
import type { PullAnswer } from '../../src/sync/core/protocol.ts';
import { plainDeviceOf, entryOf } from '../../src/sync/testing/people.ts';
import type { Name } from '../testing/clinic.ts';
import { startMemoryServer, USER_HEADER } from '../testing/sync-server.ts';

let server: Awaited<ReturnType<typeof startMemoryServer>>;
const device = newId();
beforeEach(async () => {
  server = await startMemoryServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

async function ask(call: string, name: Name, body: JsonObject): Promise<unknown> {
  const { member, user, practice } = server.clinic.people[name];
  const url = `http://interlude.test/sync/${practice}/${call}`;
  const text = JSON.stringify({ membership: member, device, ...body });
  const response = await server.fetch(
    new Request(url, { method: 'POST', headers: { [USER_HEADER]: user }, body: text }),
  );
  return response.json();
}

async function pull(name: Name, body: JsonObject = {}): Promise<PullAnswer> {
  const plain = { epoch: null, cursor: 0, digest: '', fill: null, ladder: [] };
  return pullAnswer.parse(await ask('pull', name, { ...plain, ...body }));
}

async function write(text: string): Promise<number> {
  const phone = await plainDeviceOf(server, 'ana');
  await phone.act('journal.addEntry', entryOf(server, 'ana', text));
  await phone.exchange();
  const [row] = (await phone.rows('journalEntry')).filter(({ fields }) => JSON.stringify(fields).includes(text));
  return must(row, 'the entry').version;
}

const chart = () => `chart:${server.clinic.people.ana.client}`;
const office = () => `office:${server.clinic.people.ana.client}`;

describe('what a viewer is not to read', () => {
  test('is passed over in silence, also where he asks for it by name', async () => {
    const version = await write('secret words');
    const page = await pull('okafor', {
      fill: { spaces: [chart(), office(), 'practice'], before: 99 },
      ladder: [chart()],
    });
    expect(JSON.stringify(page)).not.toContain('secret words');
    expect(page.fill?.rows).toEqual([]);
    expect(page.delivered).toEqual({});
    expect(page.spaces?.map(({ space }) => space)).not.toContain(chart());
    const team = await pull('lee', { fill: { spaces: [chart()], before: 99 } });
    expect(team.fill?.rows.map((row) => row.version)).toEqual([version]);
  });

  test('goes through the policy even in a space he reads: a row that strayed there is not shown', async () => {
    const { client } = server.clinic.people.ana;
    const fields = {
      client,
      kind: 'mood',
      at: new Date().toISOString(),
      zone: 'UTC',
      content: { text: 'strayed words' },
    };
    await server.clinic.write('willow', [{ type: 'journalEntry', id: newId(), space: 'public', fields }]);
    for (const name of ['okafor', 'ben', 'owner', 'ana', 'lee'] as const) {
      expect(JSON.stringify(await pull(name))).not.toContain('strayed words');
    }
  });

  test('is cut from the rows he reads: of sign-ins only those of the staff, who sign with them', async () => {
    const { ana, ben, lee } = server.clinic.people;
    for (const name of ['owner', 'lee', 'support', 'ben'] as const) {
      const said = JSON.stringify(await pull(name));
      for (const client of [ana, ben]) expect(said).not.toContain(client.user);
      expect(said).toContain(lee.user);
    }
  });
});

describe('a device confirms', () => {
  async function digestFor(name: Name): Promise<string> {
    return digestOfSpaces(must((await pull(name)).spaces, 'spaces'));
  }
  const delivered = async () => (await pull('ana', { ladder: [chart()] })).delivered[chart()];

  test('by its cursor, once it knows its spaces and fills no more', async () => {
    const version = await write('words');
    const digest = await digestFor('lee');
    await pull('lee', { cursor: version, digest: 'another' });
    expect(await delivered()).toBe(0);
    await pull('lee', { cursor: version, digest, fill: { spaces: [chart()], before: 3 } });
    expect(await delivered()).toBe(0);
    await pull('lee', { cursor: null, digest });
    expect(await delivered()).toBe(0);
    await pull('lee', { cursor: version, digest });
    expect(await delivered()).toBe(version);
  });

  test('nothing with a cursor that no commit of this database has given', async () => {
    await write('words');
    const body = { epoch: null, cursor: 1_000_000, digest: await digestFor('lee'), fill: null, ladder: [] };
    expect(await ask('pull', 'lee', body)).toMatchObject({ error: { code: 'epoch-changed' } });
    expect(await delivered()).toBe(0);
  });

  test('and those whose rows it confirmed are told, once', async () => {
    const version = await write('words');
    const heard: string[] = [];
    const { member, user } = server.clinic.people.ana;
    server.hub.add({
      slug: 'willow',
      practiceId: server.clinic.practiceIds.willow,
      userId: user,
      memberId: member,
      device: newId(),
      spaces: async () => new Set(),
      poke: () => void heard.push('poke'),
      look: () => undefined,
      close: () => undefined,
    });
    const digest = await digestFor('lee');
    await pull('lee', { cursor: version, digest });
    await pull('lee', { cursor: version, digest });
    expect(heard).toEqual(['poke']);
  });
});

test('another epoch is said so; spaces are sent only where the digest differs', async () => {
  expect(await ask('pull', 'ana', { epoch: newId(), cursor: 0, digest: '', fill: null, ladder: [] })).toMatchObject({
    error: { code: 'epoch-changed' },
  });
  const { spaces, epoch } = await pull('ana');
  expect(helloAnswer.parse(await ask('hello', 'ana', { protocols: [1], build: 't' })).epoch).toBe(epoch);
  const same = await pull('ana', { epoch, digest: digestOfSpaces(must(spaces, 'spaces').toReversed()) });
  expect(same.spaces).toBeUndefined();
});
