import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../base/ids.ts';
import { createDatabase } from './device-setup.ts';
import type { DeviceStore } from './device-store.ts';
import { openDexieStore } from './dexie-store.ts';
import { openFileDesk } from './file-desk.ts';
import { makeRoom } from './room.ts';
import { MembershipDatabase } from './database.ts';

const SPACE = 'chart:1';
const picture = (size: number) => new Uint8Array(size).fill(7);
const CIPHER = {
  seal: (_: unknown, plain: Uint8Array) => plain,
  open: (_: unknown, sealed: Uint8Array) => sealed,
  token: String,
};
let id: string;
let store: DeviceStore;
const nobody = (() => Promise.reject(new TypeError('network'))) as typeof fetch;

beforeEach(async () => {
  id = newId();
  await createDatabase(id, { device: newId(), sealing: { keyId: 'k', publicKey: 'p' } });
  store = openDexieStore(id, CIPHER);
});

test('what is kept lies there as bytes that are not it, is opened by its key alone, without a network, also by the next page', async () => {
  const { whole, small } = await openFileDesk(store, { practice: 'willow' }, nobody).keep(SPACE, {
    whole: picture(5000),
    small: picture(50),
  });
  store.close();
  store = openDexieStore(id, CIPHER);
  const desk = openFileDesk(store, { practice: 'willow' }, nobody);
  expect(await desk.open(SPACE, whole)).toEqual(picture(5000));
  expect(await desk.open(SPACE, small)).toEqual(picture(50));
  expect(await desk.open(SPACE, { ...whole, key: small.key })).toBeNull();
  const lying = await store.files.bytesOf(whole.id);
  expect((lying ?? []).join().includes(picture(16).join())).toBe(false);
  expect(lying?.length).toBe(whole.size);
  expect(await desk.open(SPACE, { ...whole, id: 'f'.repeat(64) })).toBeNull();
});

test('a file of a form that was given up goes after a day, unless a draft or an act still names it', async () => {
  const desk = openFileDesk(store, { practice: 'willow' }, nobody);
  const [given, drafted] = [
    await desk.keep(SPACE, { whole: picture(100), small: picture(10) }),
    await desk.keep(SPACE, { whole: picture(101), small: picture(11) }),
  ];
  const content = { media: [{ ...drafted.whole, thumb: { ...drafted.small } }] };
  await store.drafts.put({ id: 'd', at: '', content });
  const all = [given.whole.id, given.small.id, drafted.whole.id, drafted.small.id];
  openFileDesk(store, { practice: 'willow' }, nobody);
  expect((await store.files.get(all)).filter(Boolean)).toHaveLength(4);
  const old = (await store.files.get(all)).flatMap((file) => (file ? [{ ...file, hour: '2026-01-01T00' }] : []));
  await store.files.put(old);
  openFileDesk(store, { practice: 'willow' }, nobody);
  await vi.waitFor(async () => expect(await store.files.get([given.whole.id])).toEqual([undefined]));
  expect((await store.files.get(all)).map((file) => file?.state)).toEqual([undefined, undefined, 'local', 'local']);
});

test('a file without a small form is kept alone, and let go of unless an act has named it', async () => {
  const desk = openFileDesk(store, { practice: 'willow' }, nobody);
  const [spoken, sent] = [await desk.keepOne(SPACE, picture(70)), await desk.keepOne(SPACE, picture(71))];
  expect(await desk.open(SPACE, spoken)).toEqual(picture(70));
  const [record] = await store.files.get([sent.id]);
  if (record !== undefined) await store.files.put([{ ...record, state: 'queued' }]);
  for (const { id } of [spoken, sent]) await desk.letGo(id);
  expect((await store.files.get([spoken.id, sent.id])).map((file) => file?.state)).toEqual([undefined, 'queued']);
  expect(await store.files.bytesOf(spoken.id)).toBeUndefined();
});

test('a file that the server refused after a look is told apart from one that is not there yet, and is asked for again later', async () => {
  const kept = await openFileDesk(store, { practice: 'willow' }, nobody).keepOne(SPACE, picture(60));
  const sealed = (await store.files.bytesOf(kept.id)) as Uint8Array<ArrayBuffer>;
  await store.files.delete([kept.id]);
  const answers = [404, 422, 500].map((status) => new Response('{"code":"invalid"}', { status }));
  const desk = openFileDesk(store, { practice: 'willow' }, () =>
    Promise.resolve(answers.shift() ?? new Response(sealed)),
  );
  const said = [];
  for (let i = 0; i < 4; i++) said.push(await desk.open(SPACE, kept));
  expect(said).toEqual([null, 'refused', null, picture(60)]);
});

test('a full device gives up what it has fetched, then what a backup of the server has, and nothing that waits', async () => {
  const states = ['cached', 'stored', 'queued', 'uploading', 'local', 'refused'] as const;
  for (const [i, state] of states.entries()) {
    await store.files.put([{ id: `${i}`, space: SPACE, bytes: 1, state, offset: 0, spoilt: 0, hour: '' }]);
    await store.files.putBytes(`${i}`, picture(1));
  }
  const db = new MembershipDatabase(id, CIPHER);
  const left = async () => (await store.files.get(states.map((_, i) => `${i}`))).flatMap((file) => file?.state ?? []);
  expect(await makeRoom(db, [])).toBe(true);
  expect(await left()).toEqual(states.slice(1));
  const [mine] = await store.files.get(['1']);
  if (mine !== undefined) await store.files.put([{ ...mine, through: 5 }]);
  for (const backedUpThrough of [0, 5]) {
    await store.putState({ ...(await store.state()), backedUpThrough });
    expect(await makeRoom(db, [])).toBe(false);
    expect(await left()).toEqual(states.slice(1));
  }
  await store.putState({ ...(await store.state()), backedUpThrough: 6 });
  expect(await makeRoom(db, [])).toBe(true);
  expect(await left()).toEqual(states.slice(2));
  expect(await makeRoom(db, [])).toBe(false);
  expect(await left()).toEqual(states.slice(2));
  expect(await store.files.bytesOf('2')).toEqual(picture(1));
  db.close();
});
