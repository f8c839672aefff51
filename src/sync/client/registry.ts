// Which memberships this device holds, and what it takes to unlock each: readable without a key, so no health data, no
// e-mail; a name only, to tell persons apart on a shared device.

import { Dexie } from 'dexie';
import type { EntityTable } from 'dexie';
import type { JsonObject } from '../../base/json.ts';
import { atExactVersion } from './exact-version.ts';
import type { SealedDeviceKey } from './vault/keys.ts';
import type { WrappedKey } from './vault/wraps.ts';

export interface DeviceMembership {
  /** The membership's id; also names its database. */
  readonly id: string;
  readonly practice: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly wraps: readonly WrappedKey[];
  readonly deviceKey: SealedDeviceKey;
  /** What the app needs on the lock screen: help in a crisis, and how a quick entry is made. Never health data. */
  readonly lockScreen: JsonObject;
  readonly usedAt: string;
  /** A copy, as old as the last opening, of what is remembered of its store outside of it. */
  readonly noted?: StoreNote | undefined;
}

/** What is remembered of a store outside of it: counts, ids and the name. */
export interface StoreNote extends Pick<DeviceMembership, 'id' | 'practice' | 'name'> {
  readonly device: string;
  /** The highest number given to an act of this device. */
  readonly lastN: number;
  readonly unsent: number;
  /** What had come back to its author. */
  readonly refused: number;
  /** When it was counted, to the hour. */
  readonly hour: string;
}

class Registry extends Dexie {
  declare membership: EntityTable<DeviceMembership, 'id'>;

  constructor() {
    super('interlude', {
      chromeTransactionDurability: 'strict',
      cache: 'disabled',
      indexedDB: atExactVersion(Dexie.dependencies.indexedDB),
    });
    this.version(1).stores({ membership: 'id' });
  }
}

let opened: Registry | undefined;
const registry = (): Registry => (opened ??= new Registry());

/** The memberships on this device, the last used first. */
export async function membershipsHere(): Promise<DeviceMembership[]> {
  const all = await registry().membership.toArray();
  return all.sort((a, b) => (a.usedAt < b.usedAt ? 1 : -1));
}

export async function membershipHere(id: string): Promise<DeviceMembership | undefined> {
  return registry().membership.get(id);
}

export async function keepMembership(membership: DeviceMembership): Promise<void> {
  await registry().membership.put(membership);
}

/** Changes members of a kept membership; nothing where it is gone. */
export async function changeMembership(id: string, change: Partial<Omit<DeviceMembership, 'id'>>): Promise<void> {
  const { membership } = registry();
  await registry().transaction('rw', membership, async () => {
    const old = await membership.get(id);
    if (old !== undefined) await membership.put({ ...old, ...change });
  });
}

export async function forgetMembership(id: string): Promise<void> {
  await registry().membership.delete(id);
}
