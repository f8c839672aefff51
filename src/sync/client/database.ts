// The records of one membership on this device, and their database. Payloads are sealed (`sealed.ts`); only the members
// listed under `CLEAR` can be read on disk. Transactions are strict: "saved" means that the disk has it.

import { Dexie } from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { JsonObject } from '../../base/json.ts';
import type { Mutation, RefusalCode } from '../core/mutation.ts';
import type { ErrorCode } from '../core/error-body.ts';
import type { ParcelHeader } from '../core/protocol.ts';
import type { Space, StoredRow } from '../core/record.ts';
import type { SpaceGrant } from '../core/run.ts';
import { atExactVersion } from './exact-version.ts';
import { sealing } from './sealed.ts';
import type { Cipher, Unreadable } from './sealed.ts';
import { tellStoreNews } from './store-troubles.ts';

/** A row on the device. `type` is a token; `hour` and `ref` are what the record type declares to be indexed. */
export interface LocalRow {
  readonly key: string;
  readonly type: string;
  readonly space: Space;
  readonly version: number;
  readonly hour: string;
  /** Absent where its type refers to none: what is absent costs no index. */
  readonly ref?: string;
  /** The version of the shape that its fields have; absent in what the first release wrote. */
  readonly shape?: number;
  readonly row: StoredRow;
}

/** What the server said of a row that pending work has changed; `null` says: nothing there. */
export interface BaseRow {
  readonly key: string;
  readonly space: Space;
  readonly shape?: number;
  readonly row: StoredRow | null;
}

/**
 * A mutation that waits under the number `n` of this device; its header may be of an earlier number or device id. `keys` are
 * tokens of the rows it reads or writes; `version` is 0 until it was accepted.
 */
export interface OutboxEntry {
  readonly n: number;
  readonly mid: string;
  readonly keys: readonly string[];
  readonly version: number;
  readonly bytes: number;
  /** The server's life in which its `base` means something; absent in what the first release wrote. */
  readonly epoch?: string | null;
  /** When it was written, to the hour: enough to say since when something waits. */
  readonly hour: string;
  readonly header: ParcelHeader;
  readonly parcel: Uint8Array;
  /** Sealed to this device's own key by the lock screen, until an unlock makes it a replay copy. */
  readonly locked?: Uint8Array;
  readonly mutation?: Mutation;
  /** How often an update of a document was done again before this. */
  readonly again?: number;
  /** As it was done first, where the device itself has done it again since. */
  readonly first?: Mutation;
  /** Of what goes out as it was done first: as it was done again, which goes out where the server refuses that one as before. */
  readonly later?: Omit<OutboxEntry, 'parcel'> & { readonly parcel: string };
  /** Of the mutation only what its author may read here is left; the parcel has all of it, and is what goes out. */
  readonly partial?: true;
}

/** A mutation that was accepted and shown, kept until a backup of the server holds it: after a restore it is sent again. */
export type KeptEntry = Omit<OutboxEntry, 'locked'>;

/** Words that the server refused, kept for their author. */
export interface Rejection {
  readonly mid: string;
  /** `null` where only the parcel was left, of a key that is lost. */
  readonly mutation: Mutation | null;
  /** What only the practice can open. */
  readonly parcel?: string;
  /** How often an update of a document was done again before, and as it was done first. */
  readonly again?: number;
  readonly first?: Mutation;
  /** Of the mutation only what its author may read here is left, and only that is sent again. */
  readonly partial?: true;
  /** Of an entry written on the lock screen: its words, until an unlock opens them. */
  readonly locked?: Uint8Array;
  readonly header?: ParcelHeader;
  readonly code: RefusalCode;
  readonly where?: string;
  readonly at: string;
}

export interface Draft {
  readonly id: string;
  readonly at: string;
  readonly content: JsonObject;
}

/** A file on this device: what lies here of it is ciphertext, so nothing in this record is sealed. */
export interface FileRecord {
  readonly id: string;
  readonly space: Space;
  readonly bytes: number;
  /**
   * `local`: of a form that is not saved; `queued` and `uploading` wait to be sent; `stored`: own, and the server has it; `refused`
   * by the server, until somebody asks for another try; `cached`: fetched.
   */
  readonly state: 'local' | 'queued' | 'uploading' | 'stored' | 'refused' | 'cached';
  /** How much of it the server was heard to have. */
  readonly offset: number;
  /** How often the server found other bytes than were meant. */
  readonly spoilt: number;
  /** When it came here, to the hour. */
  readonly hour: string;
  /** The file that this is a small form of: one thing to its person. */
  readonly of?: string;
  /** The acts of this device that name it, by `mid`; it is sent for as long as one of them was not given up. */
  readonly acts?: readonly string[];
  /** The small form of it, and the row that was the first to name it. */
  readonly small?: string;
  readonly row?: string;
  /** What the server last said against it. */
  readonly why?: ErrorCode;
  /** How often the server did not take it for now, and when (in ms) it is to be asked again. */
  readonly pauses?: number;
  readonly notBefore?: number;
  /** Of an own file that the server has: a version that it had later. What backs up more than that has the file too. */
  readonly through?: number;
}

/**
 * A document of which this device has something, or is to have something. `doc` is its name with its kind as a token; of what the
 * server has up to `seq` is here.
 */
export interface DocRecord {
  readonly doc: string;
  readonly space: Space;
  readonly seq: number;
  /** There: the server is to be asked for more of it. */
  readonly due?: 1;
  /** Its name on the wire. */
  readonly document: string;
  /** Another one each time that it was fetched from nothing: what was shown before may be gone. */
  readonly life?: string;
}

/** An update of a document as the server gave it, or a snapshot that stands for all up to its `seq`; in base64url. */
export interface DocUpdate {
  readonly doc: string;
  readonly seq: number;
  readonly space: Space;
  readonly update: string;
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
  /** The cursor behind the last page that was not cut: in the middle of several, a row that was changed twice is still to come. */
  readonly news: number;
  readonly epoch: string | null;
  readonly spaces: readonly SpaceGrant[];
  /** What is to be fetched from its newest row down; the first is under way. */
  readonly fills: readonly FillJob[];
  /** Per space, the highest cursor of a device on the receiving side. */
  readonly delivered: Readonly<Record<Space, number>>;
  /** Per space, the highest commit number of this device's own accepted work. */
  readonly awaiting: Readonly<Record<Space, number>>;
  /** Where the asking begins, of more spaces than are asked of at once. */
  readonly ladderTurn?: number;
  readonly sealing: { readonly keyId: string; readonly publicKey: string };
  /** The person's sign-in, by which documents know their authors; absent until a server has said it. */
  readonly user?: string;
  /** The highest number of this device that the server has answered. */
  readonly answeredN: number;
  /** A backup of the server holds everything up to this version. */
  readonly backedUpThrough: number;
  /** Per space, when its rows were last compared with the server's. */
  readonly checked: Readonly<Record<Space, string>>;
  /** Spaces of which this device has less than there is, until a release that knows more than `knew` says: they are fetched anew. */
  readonly behind?: { readonly knew: string; readonly spaces: readonly Space[] };
  /** Places of records that did not open any more and were set aside. */
  readonly setAside: readonly string[];
}

/** What a device knows that has fetched and answered nothing. */
export const NOTHING_YET = {
  key: 'state',
  cursor: null,
  news: 0,
  epoch: null,
  spaces: [],
  fills: [],
  delivered: {},
  awaiting: {},
  answeredN: 0,
  backedUpThrough: 0,
  checked: {},
  setAside: [],
} as const satisfies Partial<SyncState>;

const CLEAR = {
  row: ['key', 'type', 'space', 'version', 'hour', 'ref'],
  base: ['key', 'space'],
  outbox: ['n', 'mid', 'keys', 'version', 'bytes', 'epoch', 'hour', 'header', 'parcel', 'locked'],
  kept: ['n', 'mid', 'keys', 'version', 'bytes', 'epoch', 'hour', 'header', 'parcel'],
  rejection: ['mid', 'locked', 'header'],
  draft: ['id'],
  doc: ['doc', 'space', 'seq', 'due'],
  docUpdate: ['doc', 'seq', 'space'],
} as const;

/** What is of use without its sealed part: the parcel is in the clear. */
const HALF = ['outbox', 'kept'];

export class MembershipDatabase extends Dexie {
  readonly membershipId: string;
  /** Records that did not open, by their place, since this was opened. */
  readonly unreadable = new Map<string, Unreadable>();
  declare ballast: EntityTable<{ key: string; bytes: Uint8Array }, 'key'>;
  declare row: EntityTable<LocalRow, 'key'>;
  declare base: EntityTable<BaseRow, 'key'>;
  declare outbox: EntityTable<OutboxEntry, 'n'>;
  declare kept: EntityTable<KeptEntry, 'mid'>;
  declare rejection: EntityTable<Rejection, 'mid'>;
  declare draft: EntityTable<Draft, 'id'>;
  declare state: Table<SyncState, 'state'>;
  declare file: EntityTable<FileRecord, 'id'>;
  declare doc: EntityTable<DocRecord, 'doc'>;
  declare docUpdate: Table<DocUpdate, [string, number]>;
  declare fileBytes: EntityTable<{ id: string; bytes: Uint8Array }, 'id'>;

  constructor(membershipId: string, cipher: Cipher | null) {
    // Dexie's own result cache would keep decrypted rows beyond the query that asked for them.
    super(databaseName(membershipId), {
      chromeTransactionDurability: 'strict',
      cache: 'disabled',
      indexedDB: atExactVersion(Dexie.dependencies.indexedDB),
    });
    this.membershipId = membershipId;
    this.version(1).stores({
      row: 'key, space, [type+hour], [type+space+hour], [type+ref]',
      base: 'key, space',
      outbox: 'n, mid, *keys, version',
      rejection: 'mid',
      draft: 'id',
      state: 'key',
    });
    this.version(2).stores({
      row: 'key, [space+version], [type+hour], [type+space+hour], [type+ref]',
      kept: 'mid, version',
      ballast: 'key',
    });
    const onUnreadable = (found: Unreadable) => void this.unreadable.set(`${found.store}/${found.id}`, found);
    this.version(3).stores({ file: 'id, state, space', fileBytes: 'id' });
    this.version(4).stores({ doc: 'doc, space, due', docUpdate: '[doc+seq], space' });
    this.use(sealing({ clear: CLEAR, half: HALF, cipher, onUnreadable }));
    this.on('ready', () => tellStoreNews('opened', membershipId));
    this.on('blocked', () => tellStoreNews('blocked', membershipId));
    this.on('versionchange', ({ newVersion }) => {
      void letGo(this, newVersion);
      // Not Dexie's own way, which opens again at once: as an older program, or with an empty store after a deletion.
      return false;
    });
  }
}

/** A newer program wants the store, or somebody deletes it: what is being typed is kept first. */
async function letGo(db: MembershipDatabase, newVersion: number | null): Promise<void> {
  if (newVersion) {
    tellStoreNews('outdated', db.membershipId);
    // Behind what the listeners have begun to write.
    await db.transaction('rw', db.draft, () => db.draft.count()).catch(() => undefined);
  }
  db.close();
}

/** One database a membership, named by it. */
export function databaseName(membershipId: string): string {
  return `interlude-${membershipId}`;
}

/** Takes the database off the device, with whatever it still held. */
export async function destroyDatabase(membershipId: string): Promise<void> {
  await Dexie.delete(databaseName(membershipId));
}

/** The rows of one space, in order of version; of versions in a range where one is given. */
export function rowsOfSpace(row: MembershipDatabase['row'], space: Space, [from, to]: VersionRange = ALL) {
  return row.where('[space+version]').between([space, from], [space, to], true, true);
}

type VersionRange = readonly [from: unknown, to: unknown];
const ALL: VersionRange = [Dexie.minKey, Dexie.maxKey];
