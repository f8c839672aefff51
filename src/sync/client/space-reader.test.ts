import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { MemoryDisk } from '../testing/memory-device.ts';
import type { DeviceStore } from './device-store.ts';
import { toLocalRow } from './local-rows.ts';
import { createReader } from './reader.ts';

const recordTypes = { card: { name: 'card', schemaVersion: 1, parse: (fields: unknown) => fields as never } };
const declared = { recordTypes, policies: {}, mutators: {}, spacesOf: () => [], receiversOf: () => null };
const ground = { declared, cipher: { token: (word: string) => `token-of-${word}` } };
let store: DeviceStore;

async function put(version: number, type = 'card'): Promise<string> {
  const id = newId();
  const row = { id, type, space: 's', version, by: 'me', at: '2026-11-01T08:00:00.000Z', fields: { version } };
  await store.rows.put([toLocalRow(ground, row)]);
  return id;
}

beforeEach(() => {
  store = new MemoryDisk().open();
});

test('a space is told by type and id without opening a row, the unsent first, and its rows are read by id', async () => {
  const [late, early, unsent] = [await put(7), await put(3), await put(0)];
  const space = await createReader(store, ground, 'me').inDepth();
  expect(await space.marks('s')).toEqual([
    { type: 'card', id: unsent, version: 0 },
    { type: 'card', id: early, version: 3 },
    { type: 'card', id: late, version: 7 },
  ]);
  expect((await space.marks('s', 3)).map(({ id }) => id)).toEqual([unsent, late]);
  expect(await space.count('s')).toBe(3);
  expect((await space.many('card', [late, newId(), early])).map(({ version }) => version)).toEqual([7, 3]);
});

test('what only a later release knows is counted and named nothing', async () => {
  await put(1, 'later');
  const space = await createReader(store, ground, 'me').inDepth();
  expect(await space.count('s')).toBe(1);
  expect((await space.marks('s')).map(({ type }) => type)).toEqual(['']);
});
