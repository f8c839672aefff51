import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { declared } from '../shared.ts';
import { PUBLIC } from '../space-names.ts';
import { practiceHere } from './queries.ts';
import { practiceSample } from './samples.ts';

const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;
let reader: Reader;

beforeEach(() => {
  store = new MemoryDisk().open();
  reader = createReader(store, ground, newId());
});

test('the practice is read with its words for a crisis', async () => {
  const fields = practiceSample();
  const row = { id: newId(), type: 'practice', space: PUBLIC, version: 1, by: newId(), at: '', fields };
  await store.rows.put([toLocalRow(ground, row)]);
  expect(await practiceHere(reader)).toEqual(fields);
});

test('before it has come there is none', async () => {
  expect(await practiceHere(reader)).toBeNull();
});
