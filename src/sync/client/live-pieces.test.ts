import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { Row } from '../core/record.ts';
import { NOTHING_YET } from './database.ts';
import { openDexieStore } from './dexie-store.ts';
import { liveInPieces } from './live-pieces.ts';
import { toLocalRow } from './local-rows.ts';
import { createReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { cipherOf } from './vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from './vault/keys.ts';

const typeOf = (name: string) => ({
  name,
  schemaVersion: 1,
  index: { ref: 'card' },
  parse: (fields: unknown) => fields as never,
});
const recordTypes = { card: typeOf('card'), note: typeOf('note') };
const declared = { recordTypes, policies: {}, mutators: {}, spacesOf: () => [], receiversOf: () => null };
const cipher = cipherOf(vaultKeysOf(generateDataKey()));
const ground = { declared, cipher };
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

async function openReader() {
  const store = openDexieStore(newId(), cipher);
  undo.push(() => store.close());
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  const asked: string[] = [];
  const plain = createReader(store, ground, newId());
  const reader: Reader = {
    ...plain,
    all: (type) => {
      asked.push(`all ${type}`);
      return plain.all(type);
    },
    byRef: (type, refs) => {
      asked.push(`byRef ${type}`);
      return plain.byRef(type, refs);
    },
  };
  const put = async (type: string, id: string, fields: Record<string, string>) =>
    store.rows.put([
      toLocalRow(ground, { id, type, space: 's', version: 1, by: 'me', at: '2026-11-01T08:00:00.000Z', fields }),
    ]);
  return { store, reader, asked, put };
}

interface Board {
  cards: Row[];
  notes: Row[];
}

/** Each note names a card that is there: what one commit wrote together must be seen together. */
async function board(reader: Reader): Promise<Board> {
  const cards = await reader.all('card');
  const ids = cards.map(({ id }) => id);
  return { cards, notes: await reader.byRef('note', ids) };
}

function watch<T>(reader: Reader, read: (from: Reader) => Promise<T>) {
  const told: T[] = [];
  const errors: unknown[] = [];
  const watching = liveInPieces(reader, read, { next: (one) => told.push(one), error: (one) => errors.push(one) });
  undo.push(() => watching.unsubscribe());
  return { told, errors, stop: () => watching.unsubscribe() };
}

test('asks only that anew whose rows have changed, and the rest is the same as before', async () => {
  const { reader, asked, put } = await openReader();
  await put('card', 'a', { text: 'one' });
  const { told } = watch(reader, board);
  await expect.poll(() => told.length).toBe(1);
  asked.length = 0;
  await put('note', 'n', { card: 'a' });
  await expect.poll(() => told.at(-1)?.notes.map(({ id }) => id)).toEqual(['n']);
  expect(asked).toEqual(['byRef note']);
  expect(told.at(-1)?.cards).toBe(told[0]?.cards);
  asked.length = 0;
  await put('card', 'b', { text: 'two' });
  await expect.poll(() => told.at(-1)?.cards.length).toBe(2);
  // The question about the notes is another one now; the old one is not asked any more.
  await put('note', 'm', { card: 'b' });
  await expect.poll(() => told.at(-1)?.notes.length).toBe(2);
  expect(asked).toEqual(['all card', 'byRef note', 'byRef note']);
});

test('what one commit wrote is told together', async () => {
  const { store, reader } = await openReader();
  const { told } = watch(reader, async (from) => {
    const [cards, notes] = await Promise.all([from.all('card'), from.all('note')]);
    return { cards: cards.length, notes: notes.length };
  });
  await expect.poll(() => told.length).toBe(1);
  const row = (type: string, id: string) =>
    toLocalRow(ground, { id, type, space: 's', version: 1, by: 'me', at: '2026-11-01T08:00:00.000Z', fields: {} });
  for (let i = 0; i < 20; i += 1) {
    await store.transaction(async (tx) => {
      await tx.rows.put([row('card', `c${i}`)]);
      await tx.rows.put([row('note', `n${i}`)]);
    });
  }
  await expect.poll(() => told.at(-1)?.cards).toBe(20);
  for (const { cards, notes } of told) expect(notes).toBe(cards);
});

test('is told nothing where nothing has changed in what it reads', async () => {
  const { store, reader, put } = await openReader();
  await put('card', 'a', { text: 'one' });
  const { told } = watch(reader, async (from) => [await from.deliveredThrough('s'), await from.all('card')]);
  await expect.poll(() => told.length).toBe(1);
  // The same record is read for both, and only one of them changes.
  await store.putState({ ...(await store.state()), delivered: { other: 5 } });
  await put('note', 'n', { card: 'a' });
  await put('card', 'a', { text: 'one' });
  await store.putState({ ...(await store.state()), delivered: { other: 5, s: 6 } });
  await expect.poll(() => told.at(-1)?.[0]).toBe(6);
  expect(told.length).toBe(2);
});

test('ends with its reader: nothing is told and nothing asked after it was stopped', async () => {
  const { reader, asked, put } = await openReader();
  const { told, stop } = watch(reader, board);
  await expect.poll(() => told.length).toBe(1);
  stop();
  asked.length = 0;
  const other = watch(reader, (from) => from.all('card'));
  await put('card', 'a', { text: 'one' });
  await expect.poll(() => other.told.at(-1)?.length).toBe(1);
  expect(asked.filter((one) => one === 'byRef note')).toEqual([]);
  expect(told.length).toBe(1);
});

test('a read that throws, and a question that fails, are told once, and end it', async () => {
  const { reader, put } = await openReader();
  const thrown = watch(reader, async () => {
    throw new Error('no');
  });
  await expect.poll(() => thrown.errors.map(String)).toEqual(['Error: no']);
  let fails = false;
  const failing: Reader = {
    ...reader,
    all: async (type) => {
      const rows = await reader.all(type);
      if (fails) throw new Error('away');
      return rows;
    },
  };
  const { told, errors } = watch(failing, board);
  await expect.poll(() => told.length).toBe(1);
  fails = true;
  await put('card', 'a', { text: 'one' });
  await expect.poll(() => errors.map(String)).toEqual(['Error: away']);
  await put('card', 'b', { text: 'two' });
  await expect.poll(() => reader.get('card', 'b')).toBeDefined();
  expect([told.length, errors.length]).toEqual([1, 1]);
});
