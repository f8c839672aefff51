// Devices in one process: the real client engine over an IndexedDB of its own each, messages moved by hand. Knows no noun:
// what there is to do is in `declared`, who there is in the server that answers.

import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { databaseName, MembershipDatabase } from '../client/database.ts';
import type { OutboxEntry, Rejection, SyncState } from '../client/database.ts';
import { createDatabase } from '../client/device-setup.ts';
import { discard } from '../client/discard.ts';
import { sendAndFetch } from '../client/exchange.ts';
import { queueLocked, sendParcels, takeInLockedEntries } from '../client/locked-entries.ts';
import { mutate } from '../client/mutate.ts';
import type { Desk } from '../client/mutate.ts';
import { pullAll } from '../client/pull-loop.ts';
import { pushAll } from '../client/push-loop.ts';
import { createReader } from '../client/reader.ts';
import type { Reader } from '../client/reader.ts';
import type { DeviceMembership } from '../client/registry.ts';
import { cipherOf } from '../client/vault/cipher.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from '../client/vault/keys.ts';
import type { VaultKeys } from '../client/vault/keys.ts';
import { postBy } from '../client/wire.ts';
import type { Refusal } from '../core/mutation.ts';
import { openSealingSession } from '../core/parcel.ts';
import { helloAnswer } from '../core/protocol.ts';
import type { Row } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { FaultyWire } from './wire-faults.ts';
import type { Door } from './wire-faults.ts';

export interface DeviceOwner {
  readonly member: string;
  readonly practice: string;
}

interface Making {
  readonly declared: Declarations;
  readonly owner: DeviceOwner;
  readonly wire: FaultyWire;
  readonly factory: IDBFactory;
  readonly keys: VaultKeys;
  readonly membership: DeviceMembership;
}

export class Device {
  readonly wire: FaultyWire;
  readonly membership: DeviceMembership;
  readonly #made: Making;
  #open: { readonly desk: Desk; readonly reader: Reader } | null = null;

  private constructor(made: Making) {
    this.#made = made;
    this.wire = made.wire;
    this.membership = made.membership;
  }

  /** A fresh device that has said hello and fetched nothing yet. */
  static async setUp(declared: Declarations, owner: DeviceOwner, door: Door): Promise<Device> {
    const wire = new FaultyWire(door);
    const device = newId();
    const hello = { protocols: [1], membership: owner.member, device, build: 'test' };
    const { sealing } = await postBy(wire.send)(`/sync/${owner.practice}/hello`, hello, helloAnswer);
    const keys = vaultKeysOf(generateDataKey());
    const membership = { ...membershipOf(owner), deviceKey: await createDeviceKey(keys) };
    const made = { declared, owner, wire, factory: new IDBFactory(), keys, membership };
    inFactory(made.factory);
    await createDatabase(owner.member, { device, sealing });
    const opened = new Device(made);
    await opened.unlock();
    return opened;
  }

  /** Opens the database under its keys, and takes in what was written while it was locked. */
  async unlock(): Promise<void> {
    const { declared, owner, factory, keys, membership } = this.#made;
    const cipher = cipherOf(keys);
    inFactory(factory);
    const db = new MembershipDatabase(owner.member, cipher);
    const { sealing } = must(await db.state.get('state'), 'a state');
    const session = await openSealingSession(sealing);
    const desk: Desk = {
      db,
      declared,
      cipher,
      memberId: owner.member,
      sealParcel: (header, plain) => session.seal(header, plain),
      now: () => new Date(),
    };
    await takeInLockedEntries(desk, membership.deviceKey, keys);
    this.#open = { desk, reader: createReader(db, cipher, owner.member) };
  }

  /** Lets the keys go, as a lock or the page's end does. What is under way is cut off. */
  lock(): void {
    this.desk.db.close();
    this.#open = null;
  }

  /** The page is closed and opened again. */
  async restart(): Promise<void> {
    this.lock();
    await this.unlock();
  }

  get desk(): Desk {
    return must(this.#open, 'an unlocked device').desk;
  }

  get reader(): Reader {
    return must(this.#open, 'an unlocked device').reader;
  }

  act(name: string, args: JsonObject): Promise<Refusal | undefined> {
    return mutate(this.desk, { name, args });
  }

  discard(n: number): Promise<void> {
    return discard(this.desk, n);
  }

  /** Pushes and pulls once; throws as the engine does. */
  exchange(): Promise<void> {
    return sendAndFetch(this.desk, this.#line());
  }

  push(): Promise<void> {
    return pushAll(this.desk, this.#line());
  }

  pull(): Promise<{ pushAgain: boolean }> {
    return pullAll(this.desk, this.#line());
  }

  /** Writes on the lock screen. */
  async actLocked(name: string, args: JsonObject, at: string): Promise<void> {
    inFactory(this.#made.factory);
    await queueLocked(this.#made.declared, this.membership, { name, args, at });
  }

  /** Sends from the lock screen. */
  sendLocked(): Promise<number> {
    inFactory(this.#made.factory);
    return sendParcels(this.membership, this.#line());
  }

  /** Another device with everything that this one holds, as a copied profile or a restored backup of a phone is. */
  async copy(): Promise<Device> {
    const factory = new IDBFactory();
    const stores = await this.raw();
    inFactory(factory);
    const empty = new MembershipDatabase(this.#made.owner.member, null);
    await empty.open();
    empty.close();
    await withRaw(this.#made.owner.member, factory, async (db) => {
      for (const [store, values] of Object.entries(stores)) await db.table(store).bulkPut([...values]);
    });
    const twin = new Device({ ...this.#made, factory, wire: new FaultyWire(this.wire.door) });
    await twin.unlock();
    return twin;
  }

  rows(type: string): Promise<Row[]> {
    return this.reader.all(type);
  }

  async state(): Promise<SyncState> {
    return must(await this.desk.db.state.get('state'), 'a state');
  }

  unsent(): Promise<OutboxEntry[]> {
    return this.desk.db.outbox.where('version').equals(0).toArray();
  }

  rejections(): Promise<Rejection[]> {
    return this.desk.db.rejection.toArray();
  }

  /** Everything in the database, as its owner reads it. */
  async opened(): Promise<string> {
    const tables = await Promise.all(this.desk.db.tables.map((table) => table.toArray()));
    return JSON.stringify(tables);
  }

  /** Every store as it lies in IndexedDB. */
  async raw(): Promise<Record<string, readonly unknown[]>> {
    return withRaw(this.#made.owner.member, this.#made.factory, async (db) => {
      const entries = db.tables.map(async (table) => [table.name, await table.toArray()] as const);
      return Object.fromEntries(await Promise.all(entries));
    });
  }

  /** Changes stores as they lie in IndexedDB, past the keys. */
  tamper(store: string, values: readonly unknown[]): Promise<unknown> {
    return withRaw(this.#made.owner.member, this.#made.factory, (db) => db.table(store).bulkPut([...values]));
  }

  #line() {
    return { post: postBy(this.wire.send), practice: this.#made.owner.practice };
  }
}

/** Dexie looks for IndexedDB when a database is made: the next ones are made in this device's. */
function inFactory(factory: IDBFactory): void {
  Dexie.dependencies.indexedDB = factory;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
}

async function withRaw<T>(memberId: string, factory: IDBFactory, work: (db: Dexie) => Promise<T>): Promise<T> {
  inFactory(factory);
  const db = new Dexie(databaseName(memberId));
  try {
    await db.open();
    return await work(db);
  } finally {
    db.close();
  }
}

function membershipOf({ member, practice }: DeviceOwner) {
  const usedAt = new Date().toISOString();
  return { id: member, practice, name: 'test', roles: [], wraps: [], lockScreen: {}, usedAt };
}
