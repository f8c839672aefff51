import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Heads } from '../../sync/core/heads.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { memberSample } from '../member/samples.ts';
import { declared } from '../shared.ts';
import { officeOf, PUBLIC, staffOf } from '../space-names.ts';
import { stateOf, summaryOf } from './queries.ts';
import { allergySample } from './samples.ts';

const [lee, okafor, ana] = [newId(), newId(), newId()];
const AT = '2026-11-01T08:00:00.000Z';
const LATER = '2026-11-02T08:00:00.000Z';
const ground = { declared, cipher: { token: (word: string) => word } };
const SETTLED = { ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } };
let store: DeviceStore;
let reader: Reader;

beforeEach(async () => {
  store = new MemoryDisk().open();
  reader = createReader(store, ground, lee);
  await store.putState({ ...SETTLED, spaces: [{ space: staffOf(ana), hash: 'team.1' }] });
});

async function put(type: string, fields: JsonObject, more: { id?: string; heads?: Heads; space?: string } = {}) {
  const row = { id: newId(), type, space: staffOf(ana), version: 3, by: lee, at: AT, fields, ...more };
  await store.rows.put([toLocalRow(ground, row)]);
}

const allergy = (change: Parameters<typeof allergySample>[0] = {}) => {
  const { type: _, ...fields } = allergySample(change);
  return { client: ana, ...fields };
};

async function allergies() {
  const summary = await summaryOf(reader, ana);
  if (typeof summary === 'string') throw new Error(summary);
  return summary.sections.allergyIntolerance;
}

test('nobody is told that nothing was asked, or that there is none, before all is here; nor who has no part in it', async () => {
  expect(stateOf(await allergies())).toBe('unasked');
  const spaces = [staffOf(ana)];
  const filling = { spaces: [{ space: staffOf(ana), hash: 'team.1' }], fills: [{ spaces, before: 9 }] };
  await store.putState({ ...SETTLED, ...filling });
  expect(stateOf(await allergies())).toBe('coming');
  await put('nilKnown', { client: ana, allergyIntolerance: { by: okafor, at: AT } }, { id: ana });
  expect(stateOf(await allergies())).toBe('coming');
  // What is here is shown at once.
  await put('allergyIntolerance', allergy());
  expect(stateOf(await allergies())).toBe('some');
  await store.putState({ ...SETTLED, spaces: [{ space: officeOf(ana), hash: 'office.1' }] });
  expect(await summaryOf(reader, ana)).toBe('elsewhere');
});

test('the severe first, then what nobody knows how bad it is; past ones and errors apart; nobody else’s among them', async () => {
  await put('allergyIntolerance', allergy({ name: 'Apple', criticality: 'low' }));
  await put('allergyIntolerance', allergy({ name: 'Wasps', criticality: 'unable-to-assess' }));
  await put('allergyIntolerance', allergy({ name: 'Zinc', criticality: 'high' }));
  await put('allergyIntolerance', allergy({ name: 'Milk', status: 'entered-in-error' }));
  await put('allergyIntolerance', allergy({ name: 'Eggs', status: 'resolved' }));
  await put('allergyIntolerance', { ...allergy({ name: 'Other' }), client: newId() });
  const { active, past } = await allergies();
  expect(active.map(({ item }) => item.name)).toEqual(['Zinc', 'Wasps', 'Apple']);
  expect(past.map(({ item }) => item.name)).toEqual(['Eggs', 'Milk']);
});

test('an error says nothing: where there is nothing else, nobody has asked', async () => {
  await put('allergyIntolerance', allergy({ status: 'entered-in-error' }));
  expect(stateOf(await allergies())).toBe('unasked');
});

test('what only held once is neither “none known” nor “not asked”', async () => {
  await put('allergyIntolerance', allergy({ status: 'resolved' }));
  expect(stateOf(await allergies())).toBe('past');
  await put('nilKnown', { client: ana, allergyIntolerance: { by: okafor, at: AT } }, { id: ana });
  expect(stateOf(await allergies())).toBe('none');
  await put('allergyIntolerance', allergy());
  expect(stateOf(await allergies())).toBe('some');
});

test('who wrote it last is known, by name', async () => {
  await put('member', memberSample({ name: 'Dr. Okafor' }), { id: okafor, space: PUBLIC });
  const heads = { reaction: [{ version: 5, base: 3, by: okafor, at: LATER }] };
  await put('allergyIntolerance', allergy(), { heads });
  expect((await allergies()).active).toMatchObject([{ by: okafor, at: LATER }]);
  const summary = await summaryOf(reader, ana);
  expect(typeof summary !== 'string' && summary.names.get(okafor)).toBe('Dr. Okafor');
});
