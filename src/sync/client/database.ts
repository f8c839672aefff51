// The database of one membership on this device. Payloads are sealed (`sealed.ts`); only the members listed under `CLEAR`
// can be read on disk. Transactions are strict: "saved" means that the disk has it.

import { Dexie } from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { JsonObject } from '../../base/json.ts';
import type { Mutation, RefusalCode } from '../core/mutation.ts';
import type { ParcelHeader } from '../core/protocol.ts';
import type { Space, StoredRow } from '../core/record.ts';
import type { SpaceGrant } from '../core/run.ts';
import { sealing } from './sealed.ts';
import type { Cipher } from './sealed.ts';

/** A row on the device. `type` is a token; `hour` and `ref` are what the record type declares to be indexed. */
export interface LocalRow {
  readonly key: string;
  readonly type: string;
  readonly space: Space;
  readonly version: number;
  readonly hour: string;
  readonly ref: string;
  readonly row: StoredRow;
}

/** What the server said of a row that pending work has changed; `null` says: nothing there. */
export interface BaseRow {
  readonly key: string;
  readonly space: Space;
  readonly row: StoredRow | null;
}

/** A mutation that waits. `keys` are tokens of the rows it reads or writes; `version` is 0 until it was accepted. */
export interface OutboxEntry {
  readonly n: number;
  readonly mid: string;
  readonly keys: readonly string[];
  readonly version: number;
  readonly bytes: number;
  /** When it was written, to the hour: enough to say since when something waits. */
  readonly hour: string;
  readonly header: ParcelHeader;
  readonly parcel: Uint8Array;
  /** Sealed to this device's own key by the lock screen, until an unlock makes it a replay copy. */
  readonly locked?: Uint8Array;
  readonly mutation?: Mutation;
}

/** Words that the server refused, kept for their author. */
export interface Rejection {
  readonly mid: string;
  /** `null` where only the parcel was left, of a key that is lost. */
  readonly mutation: Mutation | null;
  readonly parcel?: string;
  readonly code: RefusalCode;
  readonly where?: string;
  readonly at: string;
}

export interface Draft {
  readonly id: string;
  readonly at: string;
  readonly content: JsonObject;
}

export interface FillJob {
  readonly spaces: readonly Space[];
  readonly before: number;
}

/** The one record of how far this device has come. */
export interface SyncState {
  readonly key: 'state';
  readonly device: string;
  /** The highest number given to a mutation of this device; the next is one more. */
  readonly lastN: number;
  readonly cursor: number | null;
  readonly epoch: string | null;
  readonly spaces: readonly SpaceGrant[];
  readonly fill: FillJob | null;
  /** Per space, the highest cursor of a device on the receiving side. */
  readonly delivered: Readonly<Record<Space, number>>;
  /** Per space, the highest commit number of this device's own accepted work. */
  readonly awaiting: Readonly<Record<Space, number>>;
  readonly sealing: { readonly keyId: string; readonly publicKey: string };
}

const CLEAR = {
  row: ['key', 'type', 'space', 'version', 'hour', 'ref'],
  base: ['key', 'space'],
  outbox: ['n', 'mid', 'keys', 'version', 'bytes', 'hour', 'header', 'parcel', 'locked'],
  rejection: ['mid'],
  draft: ['id'],
} as const;

export class MembershipDatabase extends Dexie {
  declare row: EntityTable<LocalRow, 'key'>;
  declare base: EntityTable<BaseRow, 'key'>;
  declare outbox: EntityTable<OutboxEntry, 'n'>;
  declare rejection: EntityTable<Rejection, 'mid'>;
  declare draft: EntityTable<Draft, 'id'>;
  declare state: Table<SyncState, 'state'>;

  constructor(membershipId: string, cipher: Cipher | null) {
    // Dexie's own result cache would keep decrypted rows beyond the query that asked for them.
    super(databaseName(membershipId), { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({
      row: 'key, space, [type+hour], [type+space+hour], [type+ref]',
      base: 'key, space',
      outbox: 'n, mid, *keys, version',
      rejection: 'mid',
      draft: 'id',
      state: 'key',
    });
    this.use(sealing(CLEAR, cipher));
  }
}

/** One database a membership, named by it. */
export function databaseName(membershipId: string): string {
  return `interlude-${membershipId}`;
}
