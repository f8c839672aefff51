import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { declared } from '../shared.ts';
import { officeOf } from '../space-names.ts';
import { ageOn, clientById, clientsIHave, matchesName } from './queries.ts';
import { clientsToCompare, compareAmong } from './queries-duplicates.ts';
import type { Known, Typed } from './queries-duplicates.ts';
import { careTeamSample, clientSample } from './samples.ts';

const LEE = newId();
const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;
let reader: Reader;

async function put(type: string, fields: Row['fields'], place: { client?: string } = {}): Promise<string> {
  const id = newId();
  const row = {
    id,
    type,
    space: officeOf(place.client ?? id),
    version: 1,
    by: LEE,
    at: '2026-11-01T08:00:00.000Z',
    fields,
  };
  await store.rows.put([toLocalRow(ground, row)]);
  return id;
}

async function client(change: Parameters<typeof clientSample>[0], primary?: boolean): Promise<string> {
  const id = await put('client', clientSample(change));
  if (primary !== undefined)
    await put('careTeamMember', careTeamSample({ client: id, member: LEE, primary }), { client: id });
  return id;
}

beforeEach(() => {
  store = new MemoryDisk().open();
  reader = createReader(store, ground, LEE);
});

test('clients come by name, each with the reader’s own place in the care', async () => {
  await client({ legalName: 'Zed Young' });
  await client({ legalName: 'ángel Ruiz' }, false);
  await client({ legalName: 'Ana Morales' }, true);
  expect((await clientsIHave(reader, ['en'])).map(({ legalName, mine }) => [legalName, mine])).toEqual([
    ['Ana Morales', 'primary'],
    ['ángel Ruiz', 'care-team'],
    ['Zed Young', null],
  ]);
});

test('a colleague’s place in the care is not the reader’s', async () => {
  const id = await client({});
  await put('careTeamMember', careTeamSample({ client: id, member: newId() }), { client: id });
  expect((await clientById(reader, id))?.mine).toBeNull();
});

test('one client is found by id; who is not on this device is null', async () => {
  const id = await client({ birthDate: '1991-04-17' });
  expect(await clientById(reader, id)).toMatchObject({ id, birthDate: '1991-04-17' });
  expect(await clientById(reader, newId())).toBeNull();
});

test('a name is found by its parts in any order, without accents, also by the preferred name', () => {
  const person = { legalName: 'José María Núñez', preferredName: 'Chema' };
  for (const typed of ['', 'nunez', 'MARIA JOSE', 'chem', ' núñez  josé ']) {
    expect(matchesName(person, typed), typed).toBe(true);
  }
  for (const typed of ['pepe', 'jose lopez']) expect(matchesName(person, typed), typed).toBe(false);
});

test('an age is full years', () => {
  expect(ageOn('1991-04-17', '2026-04-16')).toBe(34);
  expect(ageOn('1991-04-17', '2026-04-17')).toBe(35);
  expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
  expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
});

test('who may be the same person is found by name, birth date, address and number, however they are written', async () => {
  const ana = await client({ legalName: 'Ana Núñez Morales', preferredName: 'Nita', birthDate: '1991-04-17' });
  await client({ legalName: 'Ben Ortiz', preferredName: 'Ben', birthDate: '1991-04-17' });
  await put('contact', { client: ana, kind: 'phone', value: '+1 (555) 010-0178' }, { client: ana });
  await put('contact', { client: ana, kind: 'email', value: 'Ana@Example.org' }, { client: ana });
  await put('contact', { client: ana, kind: 'emergency', value: '+1 555 010 0143' }, { client: ana });
  const among = compareAmong(await clientsToCompare(reader, ['en']));
  const found = (typed: Partial<Typed>) =>
    among
      .find({ legalName: 'Somebody Else', birthDate: '', contacts: [], ...typed })
      .map(({ client: one, by }) => [one.id === ana ? 'ana' : 'ben', by]);
  expect(found({ legalName: 'nunez, ana', birthDate: '1991-04-17' })).toEqual([['ana', 'name-and-birth']]);
  expect(found({ legalName: 'Ana Morales' })).toEqual([['ana', 'name']]);
  expect(found({ legalName: 'Ana Smith', birthDate: '1991-04-17' })).toEqual([['ana', 'birth']]);
  expect(found({ contacts: ['555 0100178'] })).toEqual([['ana', 'contact']]);
  expect(found({ contacts: ['٥٥٥٠١٠٠١٧٨'] })).toEqual([['ana', 'contact']]);
  expect(found({ contacts: [' ana@example.ORG', ''] })).toEqual([['ana', 'contact']]);
  // A birth date alone is many people's, an emergency contact is another's, and one name says too little.
  expect(found({ birthDate: '1991-04-17' })).toEqual([]);
  expect(found({ contacts: ['+1 555 010 0143'] })).toEqual([]);
  expect(found({ legalName: 'Ana' })).toEqual([]);
});

const knownAs = (id: string, legalName: string, birthDate: string): Known => ({
  ...{ id, legalName, preferredName: null, birthDate, reachedBy: [] },
});

test.each([
  ['김 수', '수 김'],
  ['أحمد الحسن', 'احمد الحسن'],
  ['Łukasz Żak', 'lukasz zak'],
  ['O’Neil, Ana-María', 'Ana Maria O Neil'],
])('%s and %s may be the same', (one, other) => {
  const among = compareAmong([knownAs('one', one, '1990-01-01')]);
  expect(among.find({ legalName: other, birthDate: '1990-01-01', contacts: [] })).toMatchObject([
    { by: 'name-and-birth' },
  ]);
  // An initial is no name.
  const initial = compareAmong([knownAs('one', 'J Ortiz', '1990-01-01')]);
  expect(initial.find({ legalName: 'J Smith', birthDate: '1990-01-01', contacts: [] })).toEqual([]);
});

test('among any number of namesakes the very same is found, first and quickly', () => {
  const names = (i: number) => `Maria${i % 3} Garcia Lopez`;
  const crowd = Array.from({ length: 12_000 }, (_, i) => knownAs(`c${i}`, names(i), '1990-01-01'));
  const days = crowd.map((one, i) => ({ ...one, id: `d${i}`, birthDate: `1991-01-${10 + (i % 19)}` }));
  const among = compareAmong([...crowd, ...days, knownAs('far', 'Garcia Lopez', '1991-01-12')]);
  const begun = performance.now();
  for (let i = 0; i < 500; i++) {
    const found = among.find({ legalName: names(i), birthDate: '1990-01-01', contacts: [] });
    expect(found[0]).toMatchObject({ by: 'name-and-birth', client: { birthDate: '1990-01-01', legalName: names(i) } });
    expect(found.length).toBeLessThan(400);
  }
  expect(performance.now() - begun).toBeLessThan(4000);
  const far = among.find({ legalName: 'Lopez Garcia', birthDate: '1991-01-12', contacts: [] });
  expect(far).toContainEqual({ by: 'name-and-birth', client: expect.objectContaining({ id: 'far' }) });
});
