// What a device of the harness keeps its store in: an IndexedDB of its own, sealed as in a browser, or memory.

import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { databaseName, MembershipDatabase } from '../client/database.ts';
import type { DeviceStore } from '../client/device-store.ts';
import { openDexieStore } from '../client/dexie-store.ts';
import type { Cipher } from '../client/sealed.ts';
import { MemoryDisk } from './memory-device.ts';

export interface Medium {
  /** Whether words of a short list lie there as they are: a digest of each costs more than all the rest. */
  readonly tokens: 'sealed' | 'plain';
  /** Opens a membership's store; `null` is a locked one. */
  open(memberId: string, cipher: Cipher | null): DeviceStore;
  copy(memberId: string): Promise<Medium>;
}

/** In memory. */
export function memoryMedium(disk = new MemoryDisk()): Medium {
  return {
    tokens: 'plain',
    open: (_, cipher) => disk.open({ locked: cipher === null }),
    copy: async () => memoryMedium(new MemoryDisk(disk)),
  };
}

export class DexieMedium implements Medium {
  readonly tokens = 'sealed';
  readonly #factory = new IDBFactory();

  open(memberId: string, cipher: Cipher | null): DeviceStore {
    this.#enter();
    return openDexieStore(memberId, cipher);
  }

  async copy(memberId: string): Promise<DexieMedium> {
    const twin = new DexieMedium();
    const stores = await this.raw(memberId);
    await twin.#within(memberId, async (db) => {
      for (const [store, values] of Object.entries(stores)) await db.table(store).bulkPut([...values]);
    });
    return twin;
  }

  /** Every store as it lies in IndexedDB. */
  raw(memberId: string): Promise<Record<string, readonly unknown[]>> {
    return this.#within(memberId, async (db) => {
      const entries = db.tables.map(async (table) => [table.name, await table.toArray()] as const);
      return Object.fromEntries(await Promise.all(entries));
    });
  }

  /** Changes stores as they lie in IndexedDB, past the keys. */
  tamper(memberId: string, store: string, values: readonly unknown[]): Promise<unknown> {
    return this.#within(memberId, (db) => db.table(store).bulkPut([...values]));
  }

  async #within<T>(memberId: string, work: (db: Dexie) => Promise<T>): Promise<T> {
    this.#enter();
    const empty = new MembershipDatabase(memberId, null);
    await empty.open();
    empty.close();
    this.#enter();
    const db = new Dexie(databaseName(memberId));
    try {
      await db.open();
      return await work(db);
    } finally {
      db.close();
    }
  }

  /** Dexie looks for IndexedDB when a database is made: the next ones are made in this device's. */
  #enter(): void {
    Dexie.dependencies.indexedDB = this.#factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  }
}
