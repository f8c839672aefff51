import { Dexie } from 'dexie';
import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import type { RecordType } from '../core/record.ts';
import { databaseName, MembershipDatabase, NOTHING_YET } from './database.ts';
import type { LocalRow, OutboxEntry } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { dexieStore } from './dexie-store.ts';
import { live } from './live.ts';
import { roomWhenNeeded, roomWhileLocked } from './room-when-needed.ts';
import { layBallast } from './room.ts';
import { DeviceFull, onStoreNews, StoreNewer } from './store-troubles.ts';
import { cipherOf } from './vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from './vault/keys.ts';

const cipher = cipherOf(vaultKeysOf(generateDataKey()));
const untouched = {
  put: IDBObjectStore.prototype.put,
  createIndex: IDBObjectStore.prototype.createIndex,
  createObjectStore: IDBDatabase.prototype.createObjectStore,
};
/** A type of which nothing is ever given up. */
const plan: RecordType = { name: 'plan', schemaVersion: 1, keptAlways: true, parse: (fields) => fields as JsonObject };
let member: string;
let opened: MembershipDatabase[];

beforeEach(() => {
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  member = newId();
  opened = [];
});
afterEach(() => {
  Object.assign(IDBObjectStore.prototype, { put: untouched.put, createIndex: untouched.createIndex });
  Object.assign(IDBDatabase.prototype, { createObjectStore: untouched.createObjectStore });
  for (const db of opened) db.close();
});

function open(): { db: MembershipDatabase; store: DeviceStore } {
  const db = new MembershipDatabase(member, cipher);
  opened.push(db);
  return { db, store: dexieStore(db, roomWhenNeeded({ plan }, cipher)) };
}

async function setUp() {
  const there = open();
  const sealing = { keyId: 'k', publicKey: 'p' };
  await there.store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing });
  return there;
}

const words = (some: string) => ({ id: 'd', at: 'now', content: { text: some } });

/** The browser's own storage, failing at the n-th call from now with an error of this name. */
function failAt(n: number, name: string, where: 'put' | 'createIndex' | 'createObjectStore' = 'put'): void {
  const proto = where === 'createObjectStore' ? IDBDatabase.prototype : IDBObjectStore.prototype;
  const real = untouched[where] as (this: unknown, ...args: unknown[]) => unknown;
  let calls = 0;
  const failing = function (this: unknown, ...args: unknown[]): unknown {
    calls += 1;
    if (calls === n) throw new DOMException('by the test', name);
    return real.apply(this, args);
  };
  Object.assign(proto, { [where]: failing });
}

describe('a connection that dies', () => {
  test('is opened again, and what was asked is done once, whichever write it died under', async () => {
    const { store } = await setUp();
    for (const name of ['UnknownError', 'InvalidStateError']) {
      for (let k = 1; k <= 3; k++) {
        failAt(k, name);
        await store.transaction(async (tx) => {
          await tx.drafts.put({ ...words(`${name} ${k}`), id: 'a' });
          await tx.drafts.put({ ...words(`${name} ${k}`), id: 'b' });
          await tx.putState({ ...(await tx.state()), lastN: (await tx.state()).lastN + 1 });
        });
        expect((await store.drafts.all()).map(({ content }) => content['text'])).toEqual(Array(2).fill(`${name} ${k}`));
      }
    }
    expect((await store.state()).lastN).toBe(6);
  });

  test('twice in a row is said, and nothing is shown as kept', async () => {
    const { store } = await setUp();
    Object.assign(IDBObjectStore.prototype, {
      put: () => {
        throw new DOMException('by the test', 'UnknownError');
      },
    });
    await expect(store.drafts.put(words('lost'))).rejects.toThrow();
    Object.assign(IDBObjectStore.prototype, { put: untouched.put });
    expect(await store.drafts.all()).toEqual([]);
  });

  test('does not stop a live read: it goes on over the next one', async () => {
    const { db, store } = await setUp();
    const seen: unknown[] = [];
    const read = async () => {
      await store.state();
      return (await store.drafts.get('d'))?.content['text'];
    };
    // By a function that is not an async one itself, as a screen may give it.
    const watching = live(() => read()).subscribe((text) => void seen.push(text));
    await expect.poll(() => seen).toEqual([undefined]);
    db.backendDB().close();
    await store.drafts.put(words('after it was closed underneath'));
    await expect.poll(() => seen.at(-1)).toBe('after it was closed underneath');
    db.close({ disableAutoOpen: false });
    await store.drafts.put(words('after the browser closed it'));
    await expect.poll(() => seen.at(-1)).toBe('after the browser closed it');
    watching.unsubscribe();
  });

  test('that we closed stays closed', async () => {
    const { store } = await setUp();
    store.close();
    await expect(store.drafts.put(words('x'))).rejects.toThrow();
  });
});

describe('a full device', () => {
  const row = (version: number, space = 's'): LocalRow => {
    const key = `${space}/${version}`;
    return {
      key,
      type: 't',
      space,
      version,
      hour: '',
      ref: '',
      row: { id: key, type: 't', space, version, by: '', at: '', fields: {} },
    };
  };

  test('gives up the ballast, then the oldest rows of the largest space, never what is pending or lies under it', async () => {
    const { db, store } = await setUp();
    await store.putState({ ...(await store.state()), spaces: ['small', 's'].map((space) => ({ space, hash: '' })) });
    await layBallast(member);
    expect((await db.ballast.get('ballast'))?.bytes.length).toBe(1_000_000);
    await store.rows.put([row(1, 'small'), row(1), row(2), row(3), row(4)]);
    await store.bases.put([{ key: 's/1', space: 's', row: null }]);
    await store.outbox.put([entry(1, ['s/2'])]);
    failAt(1, 'QuotaExceededError');
    await store.drafts.put(words('kept'));
    expect(await db.ballast.count()).toBe(0);
    expect((await store.rows.ofType('t')).length).toBe(5);
    failAt(1, 'QuotaExceededError');
    await store.drafts.put(words('kept too'));
    expect((await store.drafts.get('d'))?.content['text']).toBe('kept too');
    const left = (await store.rows.get(['small/1', 's/1', 's/2', 's/3', 's/4'])).map((one) => one?.key);
    expect(left).toEqual(['small/1', 's/1', 's/2', undefined, undefined]);
    expect(await store.outbox.count()).toBe(1);
    expect(await store.bases.count()).toBe(1);
    // A day must pass before the comparison of spaces fetches them again.
    expect(Date.parse((await store.state()).checked['s'] ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('never gives up what is always kept, in whichever space and however old; while locked, no rows at all', async () => {
    const { db, store } = await setUp();
    await store.putState({ ...(await store.state()), spaces: ['s', 'other'].map((space) => ({ space, hash: '' })) });
    const keptKey = (id: number) => `${cipher.token('plan')}/${id}`;
    const kept = [1, 2, 3].map((version) => ({ ...row(version), key: keptKey(version), type: cipher.token('plan') }));
    await store.rows.put([...kept, row(4), row(5, 'other'), row(6, 'other')]);
    const left = async () =>
      (await store.rows.get([...kept.map(({ key }) => key), 's/4', 'other/5'])).map((one) => one?.key);
    const locked = dexieStore(db, roomWhileLocked);
    failAt(1, 'QuotaExceededError');
    await expect(locked.drafts.put(words('x'))).rejects.toThrow(DeviceFull);
    expect(await left()).toEqual([...kept.map(({ key }) => key), 's/4', 'other/5']);
    for (const _ of ['s', 'other']) {
      failAt(1, 'QuotaExceededError');
      await store.drafts.put(words('kept'));
    }
    expect(await left()).toEqual([...kept.map(({ key }) => key), undefined, undefined]);
    failAt(1, 'QuotaExceededError');
    await expect(store.drafts.put(words('y'))).rejects.toThrow(DeviceFull);
    expect(await left()).toEqual([...kept.map(({ key }) => key), undefined, undefined]);
  });

  test('says so where there is nothing to give up, and for what can be fetched another time at once', async () => {
    const { db, store } = await setUp();
    await layBallast(member);
    failAt(1, 'QuotaExceededError');
    await expect(store.transaction((tx) => tx.drafts.put(words('x')), 'spare')).rejects.toThrow(DeviceFull);
    expect(await db.ballast.count()).toBe(1);
    await db.ballast.clear();
    failAt(1, 'QuotaExceededError');
    await expect(store.drafts.put(words('x'))).rejects.toThrow(DeviceFull);
    expect(await store.drafts.all()).toEqual([]);
  });
});

describe('versions of the store', () => {
  test('what a later program wrote is refused, and nothing of it is touched', async () => {
    const later = new Dexie(databaseName(member));
    later.version(9).stores({ row: 'key', future: 'id' });
    await later.table('future').put({ id: 1 });
    later.close();
    const { store } = open();
    await expect(store.state()).rejects.toThrow(StoreNewer);
    await expect(store.drafts.put(words('x'))).rejects.toThrow(StoreNewer);
    const again = new Dexie(databaseName(member));
    await again.open();
    expect([again.verno, again.tables.map(({ name }) => name).sort()]).toEqual([9, ['future', 'row']]);
    expect(await again.table('future').toArray()).toEqual([{ id: 1 }]);
    again.close();
  });

  test('an older program lets go for a newer one, keeps what was typed first, and does not come back', async () => {
    const { store } = await setUp();
    const news: string[] = [];
    const stop = onStoreNews((what) => {
      news.push(what);
      if (what === 'outdated') void store.drafts.put(words('typed in the last moment'));
    });
    const later = new Dexie(databaseName(member));
    later.version(9).stores({ draft: 'id' });
    await later.open();
    expect(news).toContain('outdated');
    expect(await later.table('draft').count()).toBe(1);
    await expect(store.drafts.put(words('too late'))).rejects.toThrow();
    expect(later.isOpen()).toBe(true);
    later.close();
    stop();
  });

  test('killed at each step of an upgrade, everything is as it was, and the next start has it all', async () => {
    await firstRelease();
    const before = await rawOf(member);
    let killed = 0;
    for (const where of ['createObjectStore', 'createIndex'] as const) {
      for (let k = 1; ; k++) {
        failAt(k, 'AbortError', where);
        const { db } = open();
        const done = await db.open().then(
          () => true,
          () => false,
        );
        db.close();
        Object.assign(IDBObjectStore.prototype, { createIndex: untouched.createIndex });
        Object.assign(IDBDatabase.prototype, { createObjectStore: untouched.createObjectStore });
        if (done) break;
        killed += 1;
        expect(await rawOf(member)).toEqual(before);
      }
      if (where === 'createIndex') break;
      // That one went through: begin with the second kind of step from the first release again.
      await Dexie.delete(databaseName(member));
      await firstRelease();
    }
    expect(killed).toBeGreaterThanOrEqual(3);
    const { store } = open();
    expect((await store.state()).lastN).toBe(4);
    expect((await store.outbox.all()).map(({ n }) => n)).toEqual([3, 4]);
  });

  async function firstRelease(): Promise<void> {
    const first = new Dexie(databaseName(member));
    first.version(1).stores({
      row: 'key, space, [type+hour], [type+space+hour], [type+ref]',
      base: 'key, space',
      outbox: 'n, mid, *keys, version',
      rejection: 'mid',
      draft: 'id',
      state: 'key',
    });
    await first.table('outbox').bulkPut([entryClear(3), entryClear(4)]);
    await first
      .table('state')
      .put({ key: 'state', device: 'd', lastN: 4, cursor: 7, epoch: 'e', spaces: [], fill: null });
    first.close();
  }
});

async function rawOf(of: string): Promise<unknown> {
  const db = new Dexie(databaseName(of));
  await db.open();
  const all = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
  const found = { version: db.verno, all };
  db.close();
  return found;
}

function entry(n: number, keys: readonly string[]): OutboxEntry {
  return { ...entryClear(n), keys };
}

function entryClear(n: number): OutboxEntry {
  const mid = `0190b2c0-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const header = { user: mid, device: mid, n, mid, kind: 'mutation' as const };
  return { n, mid, keys: [], version: 0, bytes: 1, hour: '', header, parcel: Uint8Array.of(n) };
}
