// A mutation: a named, versioned act that is fixed when it is made and runs twice, on the device at once and on the server
// for good. Mutators are pure and synchronous over a read set that they name beforehand, so that the same code runs inside
// an IndexedDB transaction and over a batch in the server's memory. Names on the wire are for ever.

import type { JsonObject } from '../../base/json.ts';
import type { RowRef } from './record.ts';
import type { Resource, Verb } from './policy.ts';
import type { Tx } from './tx.ts';

/** A mutation as it lies in the outbox and travels. */
export interface Mutation {
  readonly n: number;
  readonly mid: string;
  readonly name: string;
  readonly v: number;
  readonly args: JsonObject;
  readonly base: number;
  readonly at: string;
}

/** Takes the place of a mutation that its author discarded: processed, without effect. */
export const VOID_MUTATION = 'sync.void';

/** Carries an update of a document; its arguments are those of `doc-wire.ts`. */
export const UPDATE_MUTATION = 'sync.update';

/** Of an update of a document, beside those that it has in common with other acts. */
const OF_DOCUMENTS = ['unreadable', 'gap', 'client-taken', 'invalid', 'segment-closed', 'closed'] as const;

export const REFUSAL_CODES = [
  'unknown-mutator',
  'invalid-arguments',
  'not-allowed',
  'not-author',
  'not-there',
  'already-there',
  'deleted',
  'too-large',
  'parcel-unreadable',
  'clock',
  /** Somebody else changed it, unseen by who would have removed it. */
  'changed',
  /** The server met a fault of its own in it; what came after went on. */
  'failed',
  ...OF_DOCUMENTS,
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a mutation and all after it wait for the server to be able to judge them. */
export const HELD_CODES = ['newer-than-server'] as const;

export interface Refusal {
  readonly code: RefusalCode;
  /** Path in the arguments, where the refusal is about one. */
  readonly where?: string;
}

/** What every mutation's arguments carry: who (a membership) did it, and when, on the author's clock and in whose zone. */
export interface Authored {
  readonly by: string;
  readonly at: string;
  readonly zone: string;
}

export interface MutationContext {
  /** The device's own time of the act on a device, the time of receipt on the server. */
  readonly now: string;
}

export interface Mutator<A extends Authored = Authored> {
  readonly name: string;
  /** Version of the arguments; only widened. */
  readonly version: number;
  readonly verb: Verb;
  /** Brings arguments of an older version to the present one; pure. Absent while there is no older one. */
  upcast?(args: JsonObject, from: number): JsonObject;
  /** Parses arguments; throws an error whose `issues[0].path` says where they do not fit. */
  parse(args: unknown): A;
  /** Every row that `resource` and `run` look at. */
  reads(args: A): RowRef[];
  /** What is acted on, for the policy; a refusal where it is not there. */
  resource(args: A, tx: Tx): Resource | Refusal;
  /** Ids of the files that the arguments name: with this act they are to be sent. */
  files?(args: A): string[];
  /** Writes through `tx`, or returns why not. Written fields only; absent is not null. */
  run(tx: Tx, args: A, context: MutationContext): Refusal | undefined;
}

/** Whether something a mutator returned is a refusal. */
export function isRefusal(value: object | undefined): value is Refusal {
  return value !== undefined && 'code' in value;
}
