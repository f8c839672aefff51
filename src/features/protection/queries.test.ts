import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { memberSample } from '../member/samples.ts';
import { declared } from '../shared.ts';
import { staffOf } from '../space-names.ts';
import { isProtected, protectionOf } from './queries.ts';

const [lee, ben] = [newId(), newId()];
const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;
let reader: Reader;

async function put(type: string, fields: JsonObject, { id = newId(), version = 1 } = {}): Promise<void> {
  const row = { id, type, space: staffOf(ben), version, by: lee, at: '', fields };
  await store.rows.put([toLocalRow(ground, row)]);
}

const step = (edSafe: boolean, reason: string, version: number) =>
  put('protectionFact', { client: ben, edSafe, reason, at: '2026-11-01T08:00:00.000Z', zone: 'UTC' }, { version });

beforeEach(async () => {
  store = new MemoryDisk().open();
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  reader = createReader(store, ground, lee);
});

test('who has no row is not protected', async () => {
  expect(await isProtected(reader, ben)).toBe(false);
  expect(await protectionOf(reader, ben)).toEqual({ edSafe: false, steps: [], cursor: 0 });
});

test('every act is read with who and why, newest first, what is not sent before all', async () => {
  await put('protection', { client: ben, edSafe: true }, { id: ben });
  await put('member', { ...memberSample({ name: 'Dr. Lee' }) }, { id: lee });
  await step(true, 'first', 5);
  await step(true, 'third', 0);
  await step(false, 'second', 8);
  const { edSafe, steps } = await protectionOf(reader, ben);
  expect(edSafe).toBe(true);
  expect(steps.map((one) => [one.reason, one.edSafe, one.name])).toEqual([
    ['third', true, 'Dr. Lee'],
    ['second', false, 'Dr. Lee'],
    ['first', true, 'Dr. Lee'],
  ]);
});
