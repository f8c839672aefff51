// The transaction that mutators see: reads from a set fetched beforehand, writes kept in memory until the whole act is
// accepted. The same on device and server. Reading what was not named in `reads` is a bug and throws.

import type { JsonObject } from '../../base/json.ts';
import { hasUnseen, writeHeads } from './heads.ts';
import type { Row, RowRef, Space, StoredRow } from './record.ts';
import { isTombstone } from './record.ts';

export interface Tx {
  /** The row, or undefined where it does not exist or was deleted. */
  get(type: string, id: string): Row | undefined;
  /** Whether a row was there and has been deleted. */
  isDeleted(type: string, id: string): boolean;
  /** Whether the row was changed elsewhere since the device of this act last had news of it. */
  hasUnseen(type: string, id: string): boolean;
  insert(type: string, row: { id: string; space: Space; fields: JsonObject }): void;
  /** Changes only the named fields. */
  update(type: string, id: string, fields: JsonObject): void;
  /** The same; in a type that merges, what stood there stays as another value to choose from. */
  updateBeside(type: string, id: string, fields: JsonObject): void;
  remove(type: string, id: string): void;
}

export type Write =
  | {
      readonly op: 'insert';
      readonly type: string;
      readonly id: string;
      readonly space: Space;
      readonly fields: JsonObject;
    }
  | {
      readonly op: 'update';
      readonly type: string;
      readonly id: string;
      readonly space: Space;
      readonly fields: JsonObject;
    }
  | { readonly op: 'remove'; readonly type: string; readonly id: string; readonly space: Space };

/** Key of a row within one practice. */
export function rowKey(ref: RowRef): string {
  return `${ref.type}/${ref.id}`;
}

/** Rows known to a run of mutators: `null` says "looked for, not there". */
export type ReadSet = Map<string, StoredRow | null>;

/** Author and time that new rows get; device, ground and number of the write for the fields of rows that merge. */
export interface Stamp {
  readonly by: string;
  readonly at: string;
  readonly device: string;
  /** The cursor that the author's device had. */
  readonly base: number;
  /** The commit number; 0 or less while there is none. */
  readonly version: number;
}

/** A transaction over `known`; its writes stay in it until `commitTo` puts them over the set for the next mutation. */
export class MemoryTx implements Tx {
  readonly writes: Write[] = [];
  readonly #known: ReadSet;
  readonly #over: ReadSet = new Map();
  readonly #stamp: Stamp;
  readonly #merges: (type: string) => boolean;

  constructor(known: ReadSet, stamp: Stamp, merges: (type: string) => boolean = () => false) {
    this.#known = known;
    this.#stamp = stamp;
    this.#merges = merges;
  }

  get(type: string, id: string): Row | undefined {
    const row = this.#look({ type, id });
    return row === null || isTombstone(row) ? undefined : row;
  }

  isDeleted(type: string, id: string): boolean {
    const row = this.#look({ type, id });
    return row !== null && isTombstone(row);
  }

  hasUnseen(type: string, id: string): boolean {
    return hasUnseen(this.get(type, id)?.heads, this.#stamp);
  }

  insert(type: string, row: { id: string; space: Space; fields: JsonObject }): void {
    const old = this.#look({ type, id: row.id });
    if (old !== null && !isTombstone(old)) throw new Error(`insert over an existing ${type}`);
    // A store keeps the space of an id for good: the words would come into a space whose readers nobody has judged.
    if (old !== null && old.space !== row.space) throw new Error(`${type} was deleted in another space`);
    this.writes.push({ op: 'insert', type, ...row });
    this.#over.set(rowKey({ type, id: row.id }), { type, version: 0, ...row, by: this.#stamp.by, at: this.#stamp.at });
  }

  update(type: string, id: string, fields: JsonObject): void {
    this.#update({ type, id }, fields, this.#stamp);
  }

  updateBeside(type: string, id: string, fields: JsonObject): void {
    this.#update({ type, id }, fields, { ...this.#stamp, beside: true });
  }

  remove(type: string, id: string): void {
    const old = this.#existing(type, id);
    this.writes.push({ op: 'remove', type, id, space: old.space });
    this.#over.set(rowKey({ type, id }), { id, type, space: old.space, version: old.version, deleted: true });
  }

  /** The rows as they are after this transaction, only those it changed. */
  changed(): StoredRow[] {
    return [...this.#over.values()].filter((row) => row !== null);
  }

  /** Lets later transactions over the same set see these writes. */
  commitTo(known: ReadSet): void {
    for (const [key, row] of this.#over) known.set(key, row);
  }

  #update({ type, id }: RowRef, fields: JsonObject, stamp: Stamp & { readonly beside?: boolean }): void {
    const old = this.#existing(type, id);
    this.writes.push({ op: 'update', type, id, space: old.space, fields });
    const heads = this.#merges(type) ? { heads: writeHeads(old, fields, stamp) } : {};
    this.#over.set(rowKey({ type, id }), { ...old, fields: { ...old.fields, ...fields }, ...heads });
  }

  #existing(type: string, id: string): Row {
    const row = this.get(type, id);
    if (row === undefined) throw new Error(`${type} to change is not there`);
    return row;
  }

  #look(ref: RowRef): StoredRow | null {
    const key = rowKey(ref);
    const row = this.#over.get(key) ?? this.#known.get(key);
    if (row === undefined) throw new Error(`${ref.type} was read without being named in reads()`);
    return row;
  }
}
