import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Head, Heads } from '../../sync/core/heads.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { memberSample } from '../member/samples.ts';
import { declared } from '../shared.ts';
import { officeOf, PUBLIC } from '../space-names.ts';
import { contactsOf, questionsByClient } from './queries.ts';
import { contactSample } from './samples.ts';
import type { Contact } from './schema.ts';

const [lee, sam, ana] = [newId(), newId(), newId()];
const AT = '2026-11-01T08:00:00.000Z';
const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;
let reader: Reader;

async function put(change: Partial<Contact> = {}, heads?: Heads): Promise<string> {
  const id = newId();
  const fields: Contact = { client: ana, ...contactSample(), ...change };
  const space = officeOf(fields.client);
  const row = { id, type: 'contact', space, version: 9, by: lee, at: AT, fields, ...(heads && { heads }) };
  await store.rows.put([toLocalRow(ground, row)]);
  return id;
}

const head = (by: string, version: number, rest: Partial<Head> = {}): Head => ({
  version,
  base: 1,
  by,
  at: AT,
  ...rest,
});

beforeEach(async () => {
  store = new MemoryDisk().open();
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  reader = createReader(store, ground, lee);
  const fields = memberSample({ name: 'Sam Rivera' });
  const member = { id: sam, type: 'member', space: PUBLIC, version: 1, by: sam, at: AT, fields };
  await store.rows.put([toLocalRow(ground, member)]);
});

test('a client’s contacts come by kind, emergency first, and nobody else’s with them', async () => {
  await put({ kind: 'email', value: 'a@example.org' });
  await put({ kind: 'other', value: 'b' });
  await put();
  await put({ client: newId() });
  const { contacts } = await contactsOf(reader, ana);
  expect(contacts.map(({ details }) => details.kind)).toEqual(['emergency', 'email', 'other']);
});

test('what was never said and what was emptied read alike, and former values are not shown as contacts', async () => {
  await put({ note: null, valueWas: 'x' });
  const { contacts } = await contactsOf(reader, ana);
  expect(contacts[0]?.details).toEqual({ ...contactSample(), note: null });
});

test('a field with several heads is a question: each value with who, when and what was before', async () => {
  const heads = {
    value: [head(sam, 5, { value: '111' }), head(lee, 6, { value: '222', at: '2026-11-02T08:00:00.000Z' })],
    valueWas: [head(lee, 6)],
    note: [head(sam, 5)],
  };
  await put({ value: '222', valueWas: '000' }, heads);
  const { contacts, names } = await contactsOf(reader, ana);
  expect(contacts[0]?.questions).toEqual([
    {
      field: 'value',
      versions: [
        { by: sam, at: AT, value: '111', before: '000' },
        { by: lee, at: '2026-11-02T08:00:00.000Z', value: '222', before: '000' },
      ],
    },
  ]);
  expect(names.get(sam)).toBe('Sam Rivera');
});

test('authors who had different values before them each have their own; an emptied value is a value', async () => {
  const heads = {
    note: [head(sam, 5, { value: null }), head(lee, 6, { value: 'b' }), head(lee, 7, { value: 'c' })],
    noteWas: [head(sam, 5, { value: 'old' }), head(lee, 6, { value: null })],
  };
  await put({ note: 'c' }, heads);
  const { contacts } = await contactsOf(reader, ana);
  expect(contacts[0]?.questions[0]?.versions.map(({ value, before }) => [value, before])).toEqual([
    [null, 'old'],
    ['b', null],
    ['c', undefined],
  ]);
});

test('different fields changed at the same time are told, without a question and without former values', async () => {
  const parallel = await put(
    {},
    { value: [head(sam, 5)], valueWas: [head(sam, 5)], note: [head(lee, 6)], noteWas: [head(lee, 6)] },
  );
  const known = await put({}, { value: [head(sam, 5)], note: [head(lee, 6, { base: 5 })] });
  const { contacts } = await contactsOf(reader, ana);
  expect(contacts.map(({ questions }) => questions)).toEqual([[], []]);
  // Two ids of one millisecond come in either order.
  const merged = Object.fromEntries(contacts.map((contact) => [contact.id, contact.merged]));
  expect(merged).toEqual({ [parallel]: { by: [sam, lee], fields: ['value', 'note'] }, [known]: null });
});

test('questions are counted per client, and only where there are some', async () => {
  const two = [head(sam, 5, { value: 'a' }), head(lee, 6, { value: 'b' })];
  await put({}, { value: two, note: two, noteWas: two });
  await put({}, { name: two });
  await put({ client: newId() }, { value: [head(sam, 5)] });
  expect([...(await questionsByClient(reader))]).toEqual([[ana, 3]]);
});

test('the list says on what ground it was read', async () => {
  expect((await contactsOf(reader, ana)).cursor).toBe(0);
});
