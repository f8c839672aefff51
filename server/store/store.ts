// The store port: what accepting and pulling need of a store of one practice's rows. One contract test runs on every form
// of it (`store-contract.ts`). A store knows versions, rows, relations and the ledger; it knows no noun and no policy.

import type { JsonObject } from '../../src/base/json.ts';
import type { Heads } from '../../src/sync/core/heads.ts';
import type { RowRef, Space, StoredRow, Tuple } from '../../src/sync/core/record.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { ReadSet } from '../../src/sync/core/tx.ts';
import type { Receivers } from '../../src/sync/core/run.ts';

/** Whose ledger it is: a member's device. */
export interface LedgerKey {
  readonly memberId: string;
  readonly device: string;
}

/** The practice as it stands now; `relationsVersion` moves whenever any tuple changes. */
export interface PracticeState {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly relationsVersion: number;
  readonly epoch: string;
  /** The highest version of which a tombstone was removed: a device that stands below it cannot learn what is gone. */
  readonly horizon: number;
  /** A backup holds everything up to this version. */
  readonly backedUpThrough: number;
}

/** What a batch of mutations is judged against. */
export interface BatchReads {
  readonly rows: ReadSet;
  /** The highest `n` the ledger holds for the device. */
  readonly lastN: number;
  /** What was answered before to the asked-for numbers. */
  readonly answered: ReadonlyMap<number, PushResult>;
  /** What was answered before to the asked-for `mid`s, on whichever device of the member. */
  readonly known: ReadonlyMap<string, PushResult>;
}

/** The final image of a row that a batch changed. `order` counts the applied mutations from 0: it decides the version. */
export interface RowImage extends RowRef {
  readonly space: Space;
  readonly by: string;
  readonly schemaVersion: number;
  /** `null` deletes. */
  readonly fields: JsonObject | null;
  readonly order: number;
  /** Of a row that merges. A head of this batch has `-1 - order` as its version, until the commit gives it its number. */
  readonly heads?: Heads;
  /** The tuples that the row grants from now on; `null` where its type grants none. */
  readonly relations: readonly Tuple[] | null;
}

/**
 * An answer for the ledger; an applied one names its place among the applied instead of a version not yet given, a known one
 * repeats what the member was told before under another number.
 */
export type LedgerEntry =
  | { readonly n: number; readonly mid: string; readonly applied: number }
  | { readonly n: number; readonly mid: string; readonly refused: Extract<PushResult, { result: 'refused' }> }
  | { readonly n: number; readonly mid: string; readonly known: PushResult };

/** A judged batch: written whole, or not at all where what it was judged against has changed. */
export interface Commit {
  readonly ledger: LedgerKey | null;
  readonly expect: {
    readonly relationsVersion: number;
    readonly lastN: number;
    /** `mid`s that the ledger did not hold for the member. */
    readonly unknown?: readonly string[];
    /** Version of every row that was read, by `rowKey`; `null` where it was not there. */
    readonly rows: ReadonlyMap<string, { ref: RowRef; version: number | null }>;
  };
  /** How many mutations were applied: so many commit numbers are taken. */
  readonly applied: number;
  readonly images: readonly RowImage[];
  readonly entries: readonly LedgerEntry[];
  readonly receivedAt: Date;
}

export interface Committed {
  /** The first of the commit numbers that were taken is `before + 1`. */
  readonly before: number;
}

export interface PullAsk {
  readonly spaces: readonly Space[];
  readonly cursor: number | null;
  readonly fill: { readonly spaces: readonly Space[]; readonly before: number } | null;
  readonly limit: number;
  /** A space of which all rows are wanted, as they are in the same moment. */
  readonly whole?: Space | null;
}

export interface Pulled {
  readonly state: PracticeState;
  readonly rows: readonly StoredRow[];
  readonly cursor: number;
  readonly more: boolean;
  readonly fill: { readonly rows: readonly StoredRow[]; readonly before: number | null } | null;
  readonly whole: readonly StoredRow[] | null;
}

export interface AuthorsAsk {
  readonly spaces: readonly Space[];
  readonly after: number;
  readonly upTo: number;
  /** Kinds of documents that are asked about. */
  readonly kinds: readonly string[];
}

/** Of a document so many of its newest updates say who wrote last. */
export const WRITERS_AMONG = 64;

export interface Store {
  /** The practice of a slug, or null. */
  practice(slug: string): Promise<PracticeState | null>;
  /**
   * A person's membership in a practice with the tuples that concern it, those of objects that it has a relation to, and who is a
   * provider; or null.
   */
  viewer(practiceId: string, userId: string): Promise<{ memberId: string; tuples: Tuple[] } | null>;
  readBatch(
    practiceId: string,
    ask: { key: LedgerKey; refs: readonly RowRef[]; ns: readonly number[]; mids?: readonly string[] },
  ): Promise<BatchReads>;
  /** Writes a judged batch in one transaction, the practice's lock taken last; `stale` says: read and judge again. */
  commit(practiceId: string, commit: Commit): Promise<Committed | 'stale'>;
  /** One page, read from one snapshot. */
  pull(practiceId: string, ask: PullAsk): Promise<Pulled>;
  /** Notes how far a device has come, never less far than before; returns the cursor it had. */
  moveDevice(practiceId: string, key: LedgerKey, cursor: number): Promise<number>;
  /** Authors of rows of these spaces in the range (after, upTo]; where a document is a row's, also who wrote to it last. */
  authorsBetween(practiceId: string, ask: AuthorsAsk): Promise<string[]>;
  /** The highest cursor of a receiver's device, apart from `memberId`'s own; 0 where there is none. */
  deliveredThrough(practiceId: string, receivers: Receivers, memberId: string): Promise<number>;
  /**
   * Removes tombstones of before `olderThan` and moves the horizon up to them, a bounded number in each transaction; returns
   * how many went. A device that stands below the horizon has to fetch anew.
   */
  purgeTombstones(practiceId: string, olderThan: Date): Promise<number>;
}

/** Brings fields that an earlier release stored to the shape of the present one. */
export type Shapes = (type: string, fields: JsonObject, from: number) => JsonObject;
