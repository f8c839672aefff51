import { Dexie } from 'dexie';
import { IDBFactory, IDBIndex, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../base/ids.ts';
import { declared } from '../testing/board.ts';
import { createDatabase } from './device-setup.ts';
import { whileLocked } from './dexie-store.ts';
import { queueOnLockScreen } from './lock-screen.ts';
import type { DeviceMembership } from './registry.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from './vault/keys.ts';

const realCount = Object.getOwnPropertyDescriptor(IDBIndex.prototype, 'count') ?? {};
beforeEach(() => {
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  Object.defineProperty(IDBIndex.prototype, 'count', realCount);
  vi.unstubAllGlobals();
});

test('an entry that is kept is said to be kept, though counting it fails', async () => {
  const deviceKey = await createDeviceKey(vaultKeysOf(generateDataKey()));
  const { keyId, publicKey } = deviceKey;
  const member = newId();
  const who = { id: member, practice: 'harbor', name: 'Ana', roles: [], wraps: [], lockScreen: {}, usedAt: '' };
  await createDatabase(member, { device: newId(), sealing: { keyId, publicKey } });
  const count = vi.fn<() => never>(() => {
    throw new DOMException('by the test', 'DataError');
  });
  Object.assign(IDBIndex.prototype, { count });
  const at = new Date().toISOString();
  const card = { title: 'a card', note: '' };
  const args = { id: newId(), by: member, at, zone: 'UTC', client: newId(), card };
  const membership: DeviceMembership = { ...who, deviceKey };
  await queueOnLockScreen(declared, membership, { name: 'card.add', args, at });
  expect(count).toHaveBeenCalled();
  expect(await whileLocked(member, (store) => store.outbox.all())).toHaveLength(1);
});
