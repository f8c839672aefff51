// Heads: who wrote a field, and on what ground. Where two wrote it and neither knew of the other, both values are heads until
// somebody who has seen them writes again. Pure, the same on device and server. Promises that a value goes only by a write
// whose author had seen it; order of arrival decides nothing but which value stands in the fields meanwhile.

import { canonicalJson } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';

/** One write that is not yet superseded. `value` stands here only while there is another head beside it. */
export interface Head {
  /** The commit number of the write; 0 or less while it has none. */
  readonly version: number;
  /** The cursor its author's device had: every head up to it was seen. */
  readonly base: number;
  readonly by: string;
  readonly at: string;
  /** The device it was written on; only its author is told. */
  readonly device?: string;
  readonly value?: Json;
}

/** Heads by field; a field that nobody has changed since the row was made has none. */
export type Heads = Readonly<Record<string, readonly Head[]>>;

/** What is known of a write before its value is. */
export type HeadStamp = Omit<Head, 'value'>;

/**
 * The heads after writing `changes` over `fields`. A head stays where its write was not seen and its value is another; of a
 * write `beside` what stands, every other value stays, seen or not: who takes a choice back asks the question again.
 */
export function writeHeads(
  { fields, heads = {} }: { readonly fields: JsonObject; readonly heads?: Heads | undefined },
  changes: JsonObject,
  { beside = false, ...stamp }: HeadStamp & { readonly beside?: boolean },
): Heads {
  const written = Object.entries(changes).map(([field, value = null]) => {
    const old = (heads[field] ?? []).map((head) => ({ value: fields[field] ?? null, ...head }));
    const unseen = old.filter((head) => (beside || !isSeen(head, stamp)) && !isEqual(head.value, value));
    const own = { ...stamp, value };
    return [field, unseen.length === 0 ? [stamp] : [...unseen, own]] as const;
  });
  return { ...heads, ...Object.fromEntries(written) };
}

/** The fields of which several values stand, until a person chooses. */
export function openConflicts(heads: Heads = {}): { readonly field: string; readonly heads: readonly Head[] }[] {
  return Object.entries(heads).flatMap(([field, found]) => (found.length > 1 ? [{ field, heads: found }] : []));
}

/**
 * The writes of different fields that were merged without either author knowing of the other, oldest first; none where the
 * row's last writes knew of each other.
 */
export function mergedWrites(heads: Heads = {}): { readonly field: string; readonly head: Head }[] {
  const all = Object.entries(heads).flatMap(([field, found]) => found.map((head) => ({ field, head })));
  const isParallel = (one: (typeof all)[number], other: (typeof all)[number]) =>
    one.field !== other.field && one.head.by !== other.head.by && isUnseen(one.head, other.head);
  return all
    .filter((one) => all.some((other) => isParallel(one, other) || isParallel(other, one)))
    .sort((a, b) => a.head.version - b.head.version);
}

/** Whether any field was written on another device, the person's own too, without this one's having news of it. */
export function hasUnseen(heads: Heads = {}, stamp: Ground): boolean {
  return Object.values(heads)
    .flat()
    .some((head) => !isSeen(head, stamp));
}

/** The heads with the device's id left to its author alone. */
export function headsFor(heads: Heads, viewerId: string): Heads {
  const shown = Object.entries(heads).map(([field, found]) => [
    field,
    found.map(({ device, ...head }) => (head.by === viewerId && device !== undefined ? { ...head, device } : head)),
  ]);
  return Object.fromEntries(shown) as Heads;
}

type Ground = Pick<HeadStamp, 'base' | 'by' | 'device'>;

function isSeen(head: Head, stamp: Ground): boolean {
  // One device writes in order: its later write knows of its earlier one, whatever number that got.
  return isOwn(head, stamp) || (head.version > 0 && head.version <= stamp.base);
}

const isOwn = (head: Head, { by, device }: Ground) => head.by === by && head.device === device;

const isUnseen = (earlier: Head, later: Head) => earlier.version > later.base && earlier.version < later.version;

const isEqual = (a: Json | undefined, b: Json) => canonicalJson(a ?? null) === canonicalJson(b);
