import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import { NOTHING_YET } from '../../../sync/client/database.ts';
import type { DeviceStore } from '../../../sync/client/device-store.ts';
import { toLocalRow } from '../../../sync/client/local-rows.ts';
import { createReader } from '../../../sync/client/reader.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { MemoryDisk } from '../../../sync/testing/memory-device.ts';
import { declared } from '../../shared.ts';
import { chartOf } from '../../space-names.ts';
import { lookBelow } from './look-below.ts';

const [ANA, LEE] = [newId(), newId()];
const AT = '2026-11-01T08:00:00.000Z';
const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;
let reader: Reader;

async function entryArrives(version: number): Promise<string> {
  const id = newId();
  const fields = { client: ANA, kind: 'reflection', at: AT, zone: 'UTC', content: { text: 'words' } };
  const row = { id, type: 'journalEntry', space: chartOf(ANA), version, by: newId(), at: AT, fields };
  await store.rows.put([toLocalRow(ground, row)]);
  await store.putState({ ...(await store.state()), cursor: version, news: version });
  return id;
}

beforeEach(async () => {
  store = new MemoryDisk().open();
  await store.putState({
    ...NOTHING_YET,
    device: newId(),
    lastN: 0,
    cursor: 0,
    spaces: [{ space: chartOf(ANA), hash: 'team.1' }],
    sealing: { keyId: 'k', publicKey: 'p' },
  });
  reader = createReader(store, ground, LEE);
});

test('looks all through once, and after that among what has come since', async () => {
  const first = await entryArrives(1);
  const found: (readonly string[])[] = [];
  const look = lookBelow({ reader, window: 0 }, (ids) => found.push(ids));
  await look.ask();
  await look.ask();
  const second = await entryArrives(2);
  await look.ask();
  expect(found).toEqual([[first], [second]]);
});

test('looks again after a read that failed', async () => {
  const entry = await entryArrives(1);
  const fault = new Error('the store is busy');
  let fails = true;
  const shaky: Reader = { ...reader, cursor: () => (fails ? Promise.reject(fault) : reader.cursor()) };
  const found: (readonly string[])[] = [];
  const look = lookBelow({ reader: shaky, window: 0 }, (ids) => found.push(ids));
  await expect(look.ask()).rejects.toBe(fault);
  fails = false;
  await look.ask();
  expect(found).toEqual([[entry]]);
});

test('tells nothing once it is stopped', async () => {
  await entryArrives(1);
  const found: (readonly string[])[] = [];
  const look = lookBelow({ reader, window: 0 }, (ids) => found.push(ids));
  const over = look.ask();
  look.stop();
  await over;
  expect(found).toEqual([]);
});
