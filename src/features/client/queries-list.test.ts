// The list over a real store, live: what is read when, and that it is true.

import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../base/ids.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import { keptRead } from '../../sync/client/kept-read.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { cipherOf } from '../../sync/client/vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from '../../sync/client/vault/keys.ts';
import type { JsonObject } from '../../base/json.ts';
import { DexieMedium } from '../../sync/testing/medium.ts';
import { declared } from '../shared.ts';
import { officeOf } from '../space-names.ts';
import { createListing, createReached } from './queries-list.ts';
import type { Listing } from './queries-list.ts';
import { careTeamSample, clientSample } from './samples.ts';

const LEE = newId();
const cipher = cipherOf(vaultKeysOf(generateDataKey()));
const ground = { declared, cipher };
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

async function openDevice() {
  const store = new DexieMedium().open(newId(), cipher);
  undo.push(() => store.close());
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  const asked: string[] = [];
  const plain = createReader(store, ground, LEE);
  const reader: Reader = {
    ...plain,
    many: (type, ids) => {
      asked.push(`${type} ${ids.length}`);
      return plain.many(type, ids);
    },
    all: () => Promise.reject(new Error('all rows of a type at once')),
  };
  const row = (type: string, id: string, fields: JsonObject, client = id) =>
    toLocalRow(ground, {
      ...{ id, type, space: officeOf(client), version: 1, by: LEE, at: '2026-11-01T08:00:00.000Z', fields },
    });
  const putClients = async (names: readonly string[]) => {
    const ids = names.map(() => newId());
    await store.rows.put(names.map((legalName, i) => row('client', ids[i] ?? '', clientSample({ legalName }))));
    return ids;
  };
  return { store, reader, asked, row, putClients };
}

/** What is shown, and everything that was. */
function shown<T>(reader: Reader, make: Parameters<typeof keptRead<T>>[1]) {
  const read = keptRead(reader, make);
  const told: T[] = [];
  undo.push(
    read.subscribe(() => {
      const result = read.get();
      if (result && 'value' in result) told.push(result.value);
    }),
  );
  return { told, last: () => told.at(-1) };
}

/** On a busy machine a reading of all takes its time. */
const until = (holds: () => void) => vi.waitFor(holds, 10_000);

const NAMES = Array.from({ length: 250 }, (_, i) => `${'zyxwvu'[i % 6]}${(i * 7919) % 250} Client`);

test('all come by name, read in pieces, and none is shown before all are read', async () => {
  const { reader, asked, putClients } = await openDevice();
  await putClients(NAMES);
  const make = () => createListing(['en']);
  const { told, last } = shown(reader, make);
  await until(() => expect(last()?.clients).toHaveLength(250));
  const { compare } = new Intl.Collator('en');
  expect(last()?.clients.map(({ legalName }) => legalName)).toEqual([...NAMES].sort(compare));
  expect(asked).toEqual(['client 100', 'client 100', 'client 50']);
  expect(told.every(({ clients, total }) => total === 250 && [0, 250].includes(clients.length))).toBe(true);
  // Who comes back to the list finds it read.
  expect(shown(reader, make).told).toEqual([]);
  expect(keptRead(reader, make).get()).toEqual({ value: last() });
  expect(asked).toHaveLength(3);
});

test('a list that could not be read once is read anew by who comes back to it, also where nobody looked on as it failed', async () => {
  const { reader, putClients } = await openDevice();
  await putClients(['Ana', 'Ben']);
  for (const isSeen of [true, false]) {
    let begun = 0;
    const make = () => async (pieces: Reader, tell: (value: Listing) => void) => {
      begun += 1;
      const isFirst = begun === 1;
      await pieces.ids('client');
      if (isFirst) throw new Error('zq');
      return createListing(['en'])(pieces, tell);
    };
    const read = keptRead<Listing>(reader, make);
    const leave = read.subscribe(() => undefined);
    if (isSeen) {
      await until(() => expect(read.get()).toMatchObject({ error: { message: 'zq' } }));
      // Not again and again, while it is told.
      read.subscribe(() => undefined)();
      expect(begun).toBe(1);
    }
    leave();
    await until(() => {
      read.subscribe(() => undefined)();
      expect(begun).toBe(2);
    });
    const { last } = shown(reader, make);
    await until(() => expect(last()?.clients).toHaveLength(2));
  }
});

test('of a client that changes one piece is read anew; who comes, goes, or is taken on stands at once in the right place', async () => {
  const { store, reader, asked, row, putClients } = await openDevice();
  const ids = await putClients(NAMES);
  const { last } = shown(reader, () => createListing(['en']));
  await until(() => expect(last()?.clients).toHaveLength(250));
  const before = new Map(last()?.clients.map((client) => [client.id, client]));
  asked.length = 0;
  const changed = ids[120] ?? '';
  await store.rows.put([row('client', changed, clientSample({ legalName: 'Aaron First', contactPaused: null }))]);
  await until(() => expect(last()?.clients[0]?.legalName).toBe('Aaron First'));
  expect(asked).toEqual(['client 100']);
  expect(last()?.clients.filter((client) => before.get(client.id) !== client)).toHaveLength(1);
  // Her place in somebody's care is another row, read with her.
  await store.rows.put([row('careTeamMember', newId(), careTeamSample({ client: changed, member: LEE }), changed)]);
  await until(() => expect(last()?.clients[0]).toMatchObject({ mine: 'primary', primary: LEE }));
  await putClients(['Aaa Newcomer']);
  await until(() => expect(last()?.clients[0]?.legalName).toBe('Aaa Newcomer'));
  await store.rows.delete([row('client', changed, {}).key]);
  await until(() => expect(last()?.clients).toHaveLength(250));
  expect(last()?.clients.some(({ id }) => id === changed)).toBe(false);
  const names = last()?.clients.map(({ legalName }) => legalName) ?? [];
  expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
});

test('how they are reached is read beside: numbers, addresses, open questions, and invitations that are still good', async () => {
  const { store, reader, row, putClients } = await openDevice();
  const [ana = '', ben = ''] = await putClients(['Ana', 'Ben']);
  const contact = (client: string, kind: string, value: string) =>
    row('contact', newId(), { client, kind, value }, client);
  const invitation = (client: string, status: string, expiresAt: string) =>
    row('invitation', newId(), { client, way: 'print', login: 'zq', status, statusWas: 'active', expiresAt }, client);
  await store.rows.put([
    contact(ana, 'phone', '+1 (555) 010-0178'),
    contact(ana, 'email', 'Ana@Example.org'),
    contact(ana, 'emergency', '+1 555 010 0143'),
    invitation(ana, 'revoked', '2026-12-09T00:00:00.000Z'),
    invitation(ana, 'open', '2026-12-01T00:00:00.000Z'),
    invitation(ben, 'accepted', '2026-12-01T00:00:00.000Z'),
  ]);
  const { last } = shown(reader, () => createReached());
  await until(() => expect(last()?.isWhole).toBe(true));
  expect(last()?.byClient.get(ana)).toEqual({
    ...{ client: ana, phones: ['550100178'], mails: ' ana example org', questions: 0 },
    invitedUntil: '2026-12-01T00:00:00.000Z',
  });
  expect(last()?.byClient.get(ben)).toMatchObject({ phones: [], invitedUntil: null });
});
