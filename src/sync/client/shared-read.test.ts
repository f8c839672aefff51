import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { declared } from '../testing/board.ts';
import { NOTHING_YET } from './database.ts';
import { openDexieStore } from './dexie-store.ts';
import { createReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { sharedRead } from './shared-read.ts';

async function openReader() {
  const store = openDexieStore(newId(), null);
  const device = newId();
  await store.putState({ ...NOTHING_YET, device, lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  const reader = createReader(store, { declared, cipher: { token: (word: string) => word } }, newId());
  const moveTo = async (through: number) => store.putState({ ...(await store.state()), delivered: { a: through } });
  return { store, reader, moveTo };
}

test('is done once for all, again where what it looked at changes, and ends with the last who asked', async () => {
  const { store, reader, moveTo } = await openReader();
  let reads = 0;
  const throughOf = async (from: Reader) => {
    reads += 1;
    return from.deliveredThrough('a');
  };
  const [one, other] = [sharedRead(reader, throughOf), sharedRead(reader, throughOf)];
  expect(one).toBe(other);
  const stops = [one, other, one].map((shared) => shared.subscribe(() => undefined));
  await expect.poll(one.get).toEqual({ value: 0 });
  expect(reads).toBe(1);
  await moveTo(7);
  await expect.poll(other.get).toEqual({ value: 7 });
  expect(reads).toBe(2);
  for (const stop of stops) stop();
  await moveTo(8);
  const again = one.subscribe(() => undefined);
  await expect.poll(one.get).toEqual({ value: 8 });
  expect(reads).toBe(3);
  again();
  store.close();
});

test('another store is another question, and what goes wrong is told', async () => {
  const [first, second] = [await openReader(), await openReader()];
  const fails = async () => {
    throw new Error('no');
  };
  expect(sharedRead(first.reader, fails)).not.toBe(sharedRead(second.reader, fails));
  const stop = sharedRead(first.reader, fails).subscribe(() => undefined);
  await expect.poll(() => JSON.stringify(Object.keys(sharedRead(first.reader, fails).get() ?? {}))).toBe('["error"]');
  stop();
  first.store.close();
  second.store.close();
});
