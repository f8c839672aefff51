// The device's store as the engine needs it: what lies where, and one strict transaction over all of it. One contract test
// runs on every form of it (`../testing/device-store-contract.ts`). It knows no mutator, no server and no key.

import type { Space } from '../core/record.ts';
import type { Unreadable } from './sealed.ts';
import type {
  BaseRow,
  DocRecord,
  DocUpdate,
  Draft,
  FileRecord,
  KeptEntry,
  LocalRow,
  OutboxEntry,
  Rejection,
  SyncState,
} from './database.ts';

/** What the screens show. */
export interface Rows {
  /** In the order of the keys; undefined where there is none. */
  get(keys: readonly string[]): Promise<(LocalRow | undefined)[]>;
  put(rows: readonly LocalRow[]): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  deleteSpaces(spaces: readonly Space[]): Promise<void>;
  clear(): Promise<void>;
  ofType(type: string): Promise<LocalRow[]>;
  /** Keys of all rows of a type, without opening any. */
  keysOf(type: string): Promise<string[]>;
  byRef(type: string, refs: readonly string[]): Promise<LocalRow[]>;
  /** The newest by `hour`, of one space or of all, after so many of them. */
  newest(type: string, page: { space?: Space | undefined; limit: number; skip?: number }): Promise<LocalRow[]>;
  /** Rows of a type in a space whose version is higher than this one, in order of it. */
  since(type: string, space: Space, version: number): Promise<LocalRow[]>;
  /** Key and version of every row of a space, without opening any; with `after`, of what is later or not sent. In order of version. */
  marks(space: Space, after?: number): Promise<{ key: string; version: number }[]>;
  countOf(space: Space): Promise<number>;
  /** Keys of the rows of a space from the oldest version on, at most `limit`. */
  oldest(space: Space, limit: number): Promise<string[]>;
}

/** What the server said of rows that pending work has changed. */
export interface Bases {
  get(keys: readonly string[]): Promise<(BaseRow | undefined)[]>;
  put(bases: readonly BaseRow[]): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  deleteSpaces(spaces: readonly Space[]): Promise<void>;
  clear(): Promise<void>;
  ofSpace(space: Space): Promise<BaseRow[]>;
  count(): Promise<number>;
}

/** What waits to be sent, and what was accepted and waits to be shown. */
export interface Outbox {
  get(n: number): Promise<OutboxEntry | undefined>;
  /** In order of `n`. */
  all(): Promise<OutboxEntry[]>;
  put(entries: readonly OutboxEntry[]): Promise<void>;
  delete(ns: readonly number[]): Promise<void>;
  clear(): Promise<void>;
  byMids(mids: readonly string[]): Promise<OutboxEntry[]>;
  /** Entries that read or write any of these rows, each once. */
  over(keys: readonly string[]): Promise<OutboxEntry[]>;
  /** Which of these rows any entry reads or writes. */
  keysUnder(keys: readonly string[]): Promise<Set<string>>;
  /** What was not accepted yet, in order of `n`, from the front or from behind a number. */
  unsent(limit?: number, after?: number): Promise<OutboxEntry[]>;
  countUnsent(): Promise<number>;
  /** What was accepted with a version up to this one. */
  acceptedUpTo(version: number): Promise<OutboxEntry[]>;
  count(): Promise<number>;
}

/** Accepted and shown, and in no backup of the server's that this device knows of. */
export interface Kept {
  /** In order of version. */
  all(): Promise<KeptEntry[]>;
  put(entries: readonly KeptEntry[]): Promise<void>;
  deleteUpTo(version: number): Promise<void>;
  clear(): Promise<void>;
  count(): Promise<number>;
}

export interface Rejections {
  get(mid: string): Promise<Rejection | undefined>;
  all(): Promise<Rejection[]>;
  put(rejection: Rejection): Promise<void>;
  delete(mid: string): Promise<void>;
  count(): Promise<number>;
}

export interface Drafts {
  get(id: string): Promise<Draft | undefined>;
  all(): Promise<Draft[]>;
  put(draft: Draft): Promise<void>;
  delete(id: string): Promise<void>;
}

/** Files as ciphertext, and how far each has come. */
export interface Files {
  /** In the order of the ids; undefined where there is none. */
  get(ids: readonly string[]): Promise<(FileRecord | undefined)[]>;
  put(files: readonly FileRecord[]): Promise<void>;
  bytesOf(id: string): Promise<Uint8Array | undefined>;
  putBytes(id: string, bytes: Uint8Array): Promise<void>;
  /** With their bytes. */
  delete(ids: readonly string[]): Promise<void>;
  inState(...states: FileRecord['state'][]): Promise<FileRecord[]>;
  ofSpaces(spaces: readonly Space[]): Promise<FileRecord[]>;
  /** What waits to be sent, a file and its small form as one. */
  countUnsent(): Promise<number>;
}

/** What the server has given of documents; what was written here and not given back yet is found in the outbox. */
export interface Docs {
  /** In the order of the names; undefined where there is none. */
  get(docs: readonly string[]): Promise<(DocRecord | undefined)[]>;
  put(docs: readonly DocRecord[]): Promise<void>;
  /** Those of which the server is to be asked for more. */
  due(): Promise<DocRecord[]>;
  /** Those whose names begin so. */
  under(prefix: string): Promise<DocRecord[]>;
  /** In order of `seq`. */
  updates(doc: string, after?: number): Promise<DocUpdate[]>;
  putUpdates(updates: readonly DocUpdate[]): Promise<void>;
  /** Updates alone: what a snapshot stands for. */
  deleteUpTo(doc: string, seq: number): Promise<void>;
  /** With their updates. */
  deleteSpaces(spaces: readonly Space[]): Promise<void>;
}

export interface DeviceTables {
  readonly rows: Rows;
  readonly bases: Bases;
  readonly outbox: Outbox;
  readonly kept: Kept;
  readonly rejections: Rejections;
  readonly drafts: Drafts;
  readonly files: Files;
  readonly docs: Docs;
  /** Throws where the device has not been set up. */
  state(): Promise<SyncState>;
  putState(state: SyncState): Promise<void>;
  /** Everything goes, the state too; files stay where they are asked to: no key of this device opens them. */
  clear(keep?: 'files'): Promise<void>;
}

export interface DeviceStore extends DeviceTables {
  /**
   * Runs `work` over `tx`, alone: when it resolves the disk has all of it; where it throws, nothing of it has happened. Inside,
   * wait for nothing but `tx`. It may be run again where its end was not heard. On a full device room is made for it, save for
   * what is `spare`: that can be fetched another time. Throws `DeviceFull` where there is none.
   */
  transaction<T>(work: (tx: DeviceTables) => Promise<T>, room?: 'spare'): Promise<T>;
  /** Records that did not open when they were read, each told once. */
  takeUnreadable(): readonly Unreadable[];
  /** Ends the handle; what is under way is kept whole or not at all. */
  close(): void;
}
