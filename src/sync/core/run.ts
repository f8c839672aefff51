// Runs one mutation over a read set: parse → policy → mutator. Device and server both call this; only the server's answer
// counts. Nothing is written on a refusal.

import type { DocKind } from './doc-kind.ts';
import type { Authored, Mutation, MutationContext, Mutator, Refusal } from './mutation.ts';
import { isRefusal, VOID_MUTATION } from './mutation.ts';
import type { Decision, Policy, Principal, Relations, Resource, Verb } from './policy.ts';
import { unstorable } from './storable.ts';
import type { RecordType, RowRef, Space } from './record.ts';
import { MemoryTx, rowKey } from './tx.ts';
import type { ReadSet } from './tx.ts';

/** Everything that features declare to the engine. */
/** As much as it takes to read what is there. */
export type RecordTypes = Pick<Declarations, 'recordTypes'>;

export interface Declarations {
  readonly recordTypes: Readonly<Record<string, RecordType>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly mutators: Readonly<Record<string, Mutator>>;
  /** Kinds of documents that several people write at once, by name. */
  readonly documents?: Readonly<Record<string, DocKind>>;
  /** Names of mutators that there were once: refused. A name that is in neither list is of a later release, and held. */
  readonly retired?: readonly string[];
  /** The spaces that a member may read, with a hash of how rows are projected for him. */
  spacesOf(principal: Principal, relations: TupleSource): SpaceGrant[];
  /** Who is on the receiving side of a space for this member: their devices count for "they have it". */
  receiversOf(space: Space, principal: Principal, relations: TupleSource): Receivers | null;
}

export interface SpaceGrant {
  readonly space: Space;
  readonly hash: string;
  /** What record types declare as sensitive does not reach this viewer. */
  readonly strict?: true;
}

/** Every member with this relation to this object. */
export interface Receivers {
  readonly object: string;
  readonly relation: string;
}

/**
 * The tuples that concern one member: his own, those of objects that he has a relation to, those of the whole practice, and who is a
 * provider in it.
 */
export interface TupleSource extends Relations {
  /** Who has the relation to the object. */
  subjectsOf(object: string, relation: string): readonly string[];
}

export interface ParsedMutation {
  readonly mutator: Mutator;
  readonly args: Authored;
  readonly reads: RowRef[];
}

/**
 * Finds the mutator and parses the arguments, of an older version too; `void` for a discarded mutation, `newer` for one of a
 * version that this program does not know yet. Without `v` it is of the present one.
 */
export function parseMutation(
  mutators: Declarations['mutators'],
  mutation: Pick<Mutation, 'name' | 'args'> & { readonly v?: number },
): ParsedMutation | Refusal | 'void' | 'newer' {
  if (mutation.name === VOID_MUTATION) return 'void';
  const mutator = Object.hasOwn(mutators, mutation.name) ? mutators[mutation.name] : undefined;
  if (mutator === undefined) return { code: 'unknown-mutator' };
  const { v = mutator.version } = mutation;
  if (v > mutator.version) return 'newer';
  const fault = unstorable(mutation.args);
  if (fault !== null) return { code: 'invalid-arguments', where: fault };
  try {
    const args = mutator.parse(
      v < mutator.version ? (mutator.upcast?.(mutation.args, v) ?? mutation.args) : mutation.args,
    );
    return { mutator, args, reads: mutator.reads(args) };
  } catch (error) {
    return { code: 'invalid-arguments', ...whereOf(error) };
  }
}

/** How one run is judged and stamped: `device` and `base` are the author's, `version` the commit number, 0 or less without one. A device has no relations to judge by: it leaves `judge` out, and the server decides. */
export interface Run {
  readonly by: string;
  readonly device: string;
  readonly base: number;
  readonly version: number;
  readonly known: ReadSet;
  readonly context: MutationContext;
  readonly judge?: (resource: Resource, verb: Verb) => Decision;
}

/** Judges and runs a parsed mutation. Promises that `known` is untouched; the caller commits the returned transaction. */
export function runParsed(declared: Declarations, parsed: ParsedMutation, run: Run): MemoryTx | Refusal {
  const { mutator, args } = parsed;
  if (args.by !== run.by) return { code: 'not-author', where: 'by' };
  const tx = newTx(declared.recordTypes, run.known, run);
  const resource = mutator.resource(args, tx);
  if (isRefusal(resource)) return resource;
  if (run.judge?.(resource, mutator.verb) === 'deny') return denial(parsed, run, resource);
  const refusal = mutator.run(tx, args, run.context);
  if (refusal !== undefined) return refusal;
  checkWrites(declared, tx);
  return tx;
}

/**
 * Why not. Who may read what he acts on is told that he may not; anybody else gets the answer he would get if nothing were
 * there: a refusal must not tell that something exists.
 */
function denial({ mutator, args, reads }: ParsedMutation, run: Run, resource: Resource): Refusal {
  if (run.judge?.(resource, 'read') === 'allow') return { code: 'not-allowed' };
  const nothing: ReadSet = new Map(reads.map((ref) => [rowKey(ref), null]));
  const blind = mutator.resource(args, newTx({}, nothing, run));
  if (isRefusal(blind)) return blind;
  return { code: mutator.verb === 'create' ? 'not-allowed' : 'not-there' };
}

function newTx(types: Declarations['recordTypes'], known: ReadSet, run: Run): MemoryTx {
  const { by, device, base, version, context } = run;
  return new MemoryTx(known, { by, device, base, version, at: context.now }, (type) => types[type]?.merges === true);
}

/** A mutator that writes a row its own type does not accept is a bug, on either side. */
function checkWrites(declared: Declarations, tx: MemoryTx): void {
  for (const row of tx.changed()) {
    if ('deleted' in row) continue;
    const type = declared.recordTypes[row.type];
    if (type === undefined) throw new Error(`no record type ${row.type}`);
    type.parse(row.fields);
  }
}

function whereOf(error: unknown): { where?: string } {
  if (error === null || typeof error !== 'object' || !('issues' in error) || !Array.isArray(error.issues)) throw error;
  const first = error.issues[0] as { path?: PropertyKey[] } | undefined;
  return first?.path === undefined ? {} : { where: first.path.map(String).join('.') };
}
