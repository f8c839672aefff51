// What the engine knows of a record: its type's name, its space, its version and plain fields. What the fields mean is
// declared by features; the engine stores, moves and indexes them without knowing.

import type { JsonObject } from '../../base/json.ts';
import type { Heads } from './heads.ts';

export type Space = string;

/** Names one row of a practice. */
export interface RowRef {
  readonly type: string;
  readonly id: string;
}

/** A row as it is read: `by` is the membership that made it, `at` the server's or (not yet sent) the device's time. */
export interface Row<F extends JsonObject = JsonObject> {
  readonly id: string;
  readonly type: string;
  readonly space: Space;
  /** The commit number of the last change; 0 while it is only on this device. */
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly fields: F;
  /** Of types that merge: who wrote each field, and both values where neither writer knew of the other. */
  readonly heads?: Heads;
  /** Of a type that this program does not know: which shape the fields have, for the release that will. */
  readonly shape?: number;
}

export interface Tombstone {
  readonly id: string;
  readonly type: string;
  readonly space: Space;
  readonly version: number;
  readonly deleted: true;
}

export type StoredRow = Row | Tombstone;

/** Whether a stored row is what is left of a deleted one. */
export function isTombstone(row: StoredRow): row is Tombstone {
  return 'deleted' in row;
}

/** A relation between an object and a subject, the ground of every permission: `thing:1 # owner @ 0190…`. */
export interface Tuple {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
}

/** What must never reach a viewer whose grant is strict. */
export interface Sensitive {
  /** Rows that are left out whole. */
  row?(fields: JsonObject): boolean;
  /** Members by path from the fields, `content.weightKg`. */
  readonly fields?: readonly string[];
}

/** What a feature declares about one type of record. */
export interface RecordType {
  readonly name: string;
  /** Version of the shape; `upcast` brings older fields to it. */
  readonly schemaVersion: number;
  /** Brings fields of an older shape to the present one; pure. Absent while there is no older one. */
  upcast?(fields: JsonObject, from: number): JsonObject;
  /**
   * Brings fields to an older shape, for devices of earlier releases; pure. `null`, or none: they do not get it until their
   * update. What only widens needs neither a version nor this.
   */
  downcast?(fields: JsonObject, to: number): JsonObject | null;
  /** Several people change its fields: parallel changes are merged field by field, or both kept (`heads.ts`). */
  readonly merges?: boolean;
  /** Checks fields at the border and when a row is written; throws with the path where they do not fit. */
  parse(fields: unknown): JsonObject;
  /** Which fields are indexed on a device in the clear: a time (rounded to the hour) and one id of another row. */
  readonly index?: { readonly time?: string; readonly ref?: string };
  /** The permissions that the existence of such a row grants. */
  relations?(row: { id: string; fields: JsonObject }): Tuple[];
  /** What a strict grant of a space leaves out: whole rows, and fields by their path. Absent: nothing. */
  readonly sensitive?: Sensitive;
  /** Stays on a device whatever room is wanted: that it is not there would be read as that it was never written. */
  readonly keptAlways?: true;
  /** Others than its author are given the row's own id in place of his membership. */
  readonly hidesAuthor?: true;
  /** What a viewer may see of it; `null` omits the row. Absent: all of it. */
  project?(fields: JsonObject, viewer: { memberId: string; roles: readonly string[] }): JsonObject | null;
}
