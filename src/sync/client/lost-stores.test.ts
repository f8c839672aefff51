import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../base/ids.ts';
import { databaseName, MembershipDatabase, NOTHING_YET } from './database.ts';
import type { OutboxEntry } from './database.ts';
import { destroyDatabase } from './database.ts';
import { createDatabase } from './device-setup.ts';
import { dexieStore, whileLocked } from './dexie-store.ts';
import { lookAtStore, lostStores } from './lost-stores.ts';
import type { DeviceMembership } from './registry.ts';
import { setUpAgain } from './set-up-again.ts';
import { changeNote, forgetNote, keepNote, noteOf, notesHere } from './store-note.ts';
import { onStoreNews } from './store-troubles.ts';
import { cipherOf } from './vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from './vault/keys.ts';

const SEALING = { keyId: 'k', publicKey: 'p' };
const cipher = cipherOf(vaultKeysOf(generateDataKey()));
let kept: Record<string, string>;
let id: string;

beforeEach(() => {
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  kept = {};
  // As in a browser, what is kept is listed by its keys.
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key],
  };
  vi.stubGlobal(
    'localStorage',
    new Proxy(methods, {
      ownKeys: () => Object.keys(kept),
      getOwnPropertyDescriptor: (_, key) => ({ enumerable: true, configurable: true, value: kept[String(key)] }),
    }),
  );
  id = newId();
});
afterEach(() => void vi.unstubAllGlobals());

const whose = (of = id) => ({ id: of, practice: 'harbor', name: 'Ana' });
const COUNTS = { device: 'd', lastN: 7, unsent: 3, refused: 1 };
const registered = (of = id) =>
  ({ ...whose(of), roles: [], wraps: [], lockScreen: {}, usedAt: '' }) as Partial<DeviceMembership>;
const lost = (...of: Partial<DeviceMembership>[]) => lostStores(of as DeviceMembership[]);

function entry(n: number): OutboxEntry {
  const header = { user: id, device: 'd', n, mid: `m${n}`, kind: 'mutation' as const };
  const place = { n, mid: `m${n}`, keys: ['x'], version: 0, bytes: 1, epoch: 'e', hour: '2026-01-01T00' };
  const mutation = { n, mid: `m${n}`, name: 'a.b', v: 1, args: {}, base: 0, at: '2026-01-01T00:00:00.000Z' };
  return { ...place, header, parcel: new Uint8Array([n]), mutation };
}

async function filled() {
  await createDatabase(id, { device: 'd', sealing: SEALING });
  const db = new MembershipDatabase(id, cipher);
  const store = dexieStore(db);
  await store.outbox.put([entry(6), entry(7)]);
  await store.drafts.put({ id: 'draft', at: 'now', content: { text: 'words' } });
  await store.rejections.put({ mid: 'r', mutation: null, code: 'deleted', at: 'now' });
  return { db, store };
}

test('a store that is there is no loss, whatever was noted of it', async () => {
  await createDatabase(id, { device: 'd', sealing: SEALING });
  expect(await lookAtStore(id)).toBe('there');
  keepNote(whose(), COUNTS);
  expect(await lost(registered())).toEqual([]);
});

test('one that was cleared is, with what was counted last; the registry’s copy does where the note went too', async () => {
  await createDatabase(id, { device: 'd', sealing: SEALING });
  keepNote(whose(), COUNTS);
  await destroyDatabase(id);
  const note = noteOf(id);
  expect(note).toMatchObject(COUNTS);
  expect(await lost(registered())).toEqual([{ ...whose(), lockScreen: {}, why: 'gone', note }]);
  forgetNote(id);
  expect(await lost({ ...registered(), noted: note })).toEqual([{ ...whose(), lockScreen: {}, why: 'gone', note }]);
  expect(await lost(registered())).toEqual([{ ...whose(), lockScreen: {}, why: 'gone', note: undefined }]);
});

test('looking begins nothing: the same loss is found again', async () => {
  for (let look = 0; look < 3; look++) expect(await lookAtStore(id)).toBe('gone');
  await expect(whileLocked(id, (store) => store.state())).rejects.toThrow();
});

test('with the registry gone too, a note alone tells of it, and only of its own store', async () => {
  const other = newId();
  await createDatabase(other, { device: 'o', sealing: SEALING });
  keepNote(whose(), COUNTS);
  keepNote(whose(other), COUNTS);
  expect(await lost(registered(other))).toMatchObject([{ id, why: 'gone', note: COUNTS }]);
});

test('a store that is there though the registry has forgotten it is not called gone: what it holds can still be sent', async () => {
  const { store } = await filled();
  store.close();
  keepNote(whose(), COUNTS);
  expect(await lost()).toMatchObject([{ id, why: 'unreadable' }]);
});

test('a registry that does not open makes what was noted unreadable, not gone', async () => {
  keepNote(whose(), COUNTS);
  expect(await lostStores(null)).toMatchObject([{ id, why: 'unreadable' }]);
  forgetNote(id);
  expect(await lostStores(null)).toEqual([]);
});

test('a state without sense is unreadable', async () => {
  const { db } = await filled();
  await db.state.put({ ...NOTHING_YET, sealing: SEALING, device: 'd', lastN: Number.NaN });
  expect(await lookAtStore(id)).toBe('unreadable');
  db.close();
});

test('a store of a later program, or on a full device, is no loss', async () => {
  const later = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = Dexie.dependencies.indexedDB.open(databaseName(id), 9000);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  });
  later.close();
  expect(await lookAtStore(id)).toBe('there');
  Object.assign(Dexie.dependencies.indexedDB, {
    open: () => {
      throw new DOMException('by the test', 'QuotaExceededError');
    },
  });
  expect(await lookAtStore(id)).toBe('there');
});

test('where several share a device, it is told whose store is gone', async () => {
  const other = newId();
  await createDatabase(other, { device: 'd', sealing: SEALING });
  const gone: string[] = [];
  const stop = onStoreNews((news, of) => news === 'gone' && gone.push(of));
  await lost(registered(), registered(other));
  stop();
  expect(gone).toEqual([id]);
});

test('one that does not open is unreadable', async () => {
  await createDatabase(id, { device: 'd', sealing: SEALING });
  Object.assign(Dexie.dependencies.indexedDB, {
    open: () => {
      throw new DOMException('by the test', 'UnknownError');
    },
  });
  expect(await lookAtStore(id)).toBe('unreadable');
});

test('a spoilt note says nothing, and hinders none', () => {
  keepNote(whose(), COUNTS);
  kept['interlude.store.x'] = 'not json';
  kept['interlude.store.y'] = '{"id":1}';
  expect(notesHere().map((note) => note.id)).toEqual([id]);
  changeNote(id, { unsent: 0 });
  expect(noteOf(id)).toMatchObject({ ...COUNTS, unsent: 0 });
  changeNote('nobody', { unsent: 1 });
  expect(notesHere()).toHaveLength(1);
});

test('set up again, what was unsent goes on as parcels under a new device, with the same mids', async () => {
  const { db, store } = await filled();
  await db.state.clear();
  store.close();
  const found = await setUpAgain(id, { device: 'new', sealing: SEALING, sameKey: false });
  expect(found).toEqual({ unsent: 2, refused: 0 });
  const again = dexieStore(new MembershipDatabase(id, cipher));
  expect(await again.state()).toMatchObject({ device: 'new', lastN: 2, cursor: null });
  const waiting = await again.outbox.unsent();
  expect(waiting.map(({ n, mid, mutation, parcel }) => ({ n, mid, mutation, parcel: [...parcel] }))).toEqual([
    { n: 1, mid: 'm6', mutation: undefined, parcel: [6] },
    { n: 2, mid: 'm7', mutation: undefined, parcel: [7] },
  ]);
  expect(await again.drafts.all()).toEqual([]);
  again.close();
});

test('set up again, what was accepted goes out once more too, before what was not: its life of the server may be over', async () => {
  const { store } = await filled();
  await store.outbox.put([{ ...entry(5), version: 9 }]);
  await store.kept.put([{ ...entry(4), version: 8 }]);
  store.close();
  const found = await setUpAgain(id, { device: 'new', sealing: SEALING, sameKey: true });
  expect(found.unsent).toBe(2);
  const again = dexieStore(new MembershipDatabase(id, cipher));
  expect((await again.outbox.unsent()).map(({ n, mid, epoch }) => [n, mid, epoch])).toEqual([
    [1, 'm4', ''],
    [2, 'm5', ''],
    [3, 'm6', ''],
    [4, 'm7', ''],
  ]);
  again.close();
});

test('a trouble that passes deletes nothing: it is said, and the next try finds everything', async () => {
  const { store } = await filled();
  store.close();
  const { indexedDB } = Dexie.dependencies;
  const open = indexedDB.open.bind(indexedDB);
  let failing = 1;
  Object.assign(indexedDB, {
    open: (...asked: Parameters<typeof open>) => {
      failing -= 1;
      if (failing >= 0) throw new DOMException('by the test', 'TimeoutError');
      return open(...asked);
    },
  });
  const again = () => setUpAgain(id, { device: 'new', sealing: SEALING, sameKey: true });
  await expect(again()).rejects.toThrow();
  expect(await again()).toEqual({ unsent: 2, refused: 1 });
});

test('under a key that is still there, drafts and refused words stay readable', async () => {
  const { db, store } = await filled();
  await db.state.clear();
  store.close();
  expect(await setUpAgain(id, { device: 'new', sealing: SEALING, sameKey: true })).toEqual({ unsent: 2, refused: 1 });
  const again = dexieStore(new MembershipDatabase(id, cipher));
  expect((await again.drafts.get('draft'))?.content).toEqual({ text: 'words' });
  expect((await again.rejections.get('r'))?.code).toBe('deleted');
  again.close();
});
