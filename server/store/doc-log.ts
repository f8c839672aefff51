// The port of the log of documents: every accepted update once, in order, with who sent it and when; snapshots beside it.
// It knows sequences, bytes and a digest chain, and nothing of what is in an update. One contract test runs on every form
// (`doc-log-contract.ts`). What is appended is durable when the promise resolves, and nothing of it before.

import type { JsonObject } from '../../src/base/json.ts';

/** Where a document belongs: its row, and the row's space. */
export interface DocPlace {
  readonly name: string;
  readonly kind: string;
  readonly row: string;
  readonly space: string;
}

/** How far a log goes, and what its chain says up to there. */
export interface LogEnd {
  readonly seq: number;
  readonly digest: Uint8Array;
}

export const EMPTY_LOG: LogEnd = { seq: 0, digest: new Uint8Array() };

/** An update as its author sent it: `by` is the membership, `claims` the client ids that are its session's from here on. */
export interface NewUpdate {
  readonly update: Uint8Array;
  readonly by: string;
  readonly userId: string;
  readonly session: string;
  readonly claims: readonly number[];
  /** When it came, on the server's clock. */
  readonly at: string;
}

export interface LoggedUpdate extends NewUpdate, LogEnd {}

/** The row that follows a document, written with a commit number of its own in the transaction of the append. */
export interface HeaderWrite {
  readonly type: string;
  readonly schemaVersion: number;
  /** Pure; `before` is null where there is no such row yet. */
  fields(before: JsonObject | null, seq: number): JsonObject;
}

export interface Append {
  readonly place: DocPlace;
  /** What the updates were judged against. */
  readonly expected: LogEnd;
  readonly updates: readonly NewUpdate[];
  readonly header?: HeaderWrite;
}

/** `moved`: somebody else has appended meanwhile. Nothing of this one was written; the others were. */
export type Appended = LogEnd | 'moved';

/** A client id, whose it is, and the session that has used it first. */
export type ClientClaim = readonly [clientId: number, userId: string, session: string];

export interface Snapshot extends LogEnd {
  /** Stands for all updates up to `seq`. */
  readonly update: Uint8Array;
  readonly clients: readonly ClientClaim[];
}

export interface LoadedLog {
  readonly end: LogEnd;
  readonly snapshot: Snapshot | null;
  /** What comes after the snapshot. */
  readonly updates: readonly LoggedUpdate[];
  /** The chain does not hold, or its end is missing: what is here is the last good prefix, to be read and not written. */
  readonly isBroken: boolean;
}

export interface TailAsk {
  readonly name: string;
  /** The sequence up to which it is known; 0 for nothing. */
  readonly after: number;
}

export interface Tail {
  readonly name: string;
  /** The document's sequence now; 0 where nothing was written yet. */
  readonly seq: number;
  readonly snapshot: { readonly seq: number; readonly update: Uint8Array } | null;
  readonly updates: readonly LoggedUpdate[];
  readonly more: boolean;
}

export interface DocLog {
  /** One transaction for all of them, locks taken in the order of names; at most one of each document. */
  append(practiceId: string, appends: readonly Append[]): Promise<ReadonlyMap<string, Appended>>;
  /** Everything that a copy is made from; an empty log where nothing was written. */
  load(practiceId: string, name: string): Promise<LoadedLog>;
  /**
   * What is new of many, in the order asked, up to so many bytes of updates and snapshots together. A snapshot comes instead of what lies
   * before it where it is smaller. Of a log whose chain does not hold, what is good.
   */
  tails(practiceId: string, asks: readonly TailAsk[], bytes: number): Promise<readonly Tail[]>;
  /** The sequences of documents that were ever written. */
  seqs(practiceId: string, names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Keeps the latest; an older one than there is changes nothing. */
  saveSnapshot(practiceId: string, name: string, snapshot: Snapshot): Promise<void>;
}
