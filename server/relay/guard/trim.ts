// What of an update is new to the server's copy. Structs it has are left out, one that it has in part is cut; deletions of what is
// deleted already are left out. What remains has to stand on what is there: a gap is refused, never kept for later.

import * as Y from 'yjs';
import { MOST_CLIENT_ID, MOST_NEW_CLIENTS, MOST_STRUCTS } from './limits.ts';
import type { Range, Update } from './read-update.ts';
import { Refused } from './refused.ts';
import { KIND } from './struct.ts';
import type { Struct } from './struct.ts';

/** Something that was not deleted before: an item of the server's copy, or a new struct. */
export type Target = Y.Item | Struct;

export interface News {
  readonly bytes: Uint8Array;
  readonly structs: ReadonlyMap<number, readonly Struct[]>;
  /** By client, in order and apart. */
  readonly deletes: ReadonlyMap<number, readonly Range[]>;
  readonly targets: readonly Target[];
}

/** Trims an update against the server's copy, which it only reads. */
export function trim(update: Update, doc: Y.Doc): News {
  const structs = new Map<number, Struct[]>();
  let [count, strangers] = [0, 0];
  for (const [client, section] of update.structs) {
    const fresh = newOf(section, Y.getState(doc.store, client));
    if (fresh.length === 0) continue;
    structs.set(client, fresh);
    count += fresh.length;
    if (!doc.store.clients.has(client)) strangers += 1;
    if (client > MOST_CLIENT_ID) throw new Refused('not-allowed');
    if (count > MOST_STRUCTS || strangers > MOST_NEW_CLIENTS) throw new Refused('too-large');
  }
  const deletes = new Map<number, Range[]>();
  const targets: Target[] = [];
  for (const [client, ranges] of update.deletes) {
    const fresh: Range[] = [];
    for (const range of joined(ranges)) {
      const known = Y.getState(doc.store, client);
      if (range.from < known) collectKnown(doc.store.clients.get(client) ?? [], range, { fresh, targets });
      if (range.to > known) {
        const rest = { from: Math.max(range.from, known), to: range.to };
        collectNew(structs.get(client) ?? [], rest, targets);
        fresh.push(rest);
      }
    }
    if (fresh.length > 0) deletes.set(client, joined(fresh));
  }
  return { bytes: update.bytes, structs, deletes, targets };
}

function newOf(section: readonly Struct[], known: number): Struct[] {
  const fresh: Struct[] = [];
  for (const struct of section) {
    if (struct.clock + struct.length <= known) continue;
    if (struct.kind === KIND.skip) throw new Refused('gap');
    if (struct.clock < known) cut(struct, known - struct.clock);
    if (fresh.length === 0 && struct.clock !== known) throw new Refused('gap');
    struct.before = fresh.at(-1) ?? null;
    fresh.push(struct);
  }
  return fresh;
}

/** Takes away the front that the server has. What is left stands behind it, wherever that is. */
function cut(struct: Struct, known: number): void {
  struct.known = known;
  struct.clock += known;
  struct.length -= known;
  struct.parentRoot = null;
  struct.parentId = null;
  struct.key = null;
  struct.origin = { client: struct.client, clock: struct.clock - 1 };
}

/** In order, and none beside or over another: a hundred thousand ranges over one document cost one walk. */
function joined(ranges: readonly Range[]): Range[] {
  if (ranges.length < 2) return [...ranges];
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || last.to < range.from) result.push(range);
    else if (last.to < range.to) result[result.length - 1] = { from: last.from, to: range.to };
  }
  return result;
}

function collectKnown(
  structs: (Y.Item | Y.GC)[],
  range: Range,
  { fresh, targets }: { fresh: Range[]; targets: Target[] },
): void {
  for (let i = Y.findIndexSS(structs, range.from); i < structs.length; i += 1) {
    const struct = structs[i];
    if (struct === undefined || struct.id.clock >= range.to) return;
    if (!(struct instanceof Y.Item) || struct.deleted) continue;
    targets.push(struct);
    const end = struct.id.clock + struct.length;
    fresh.push({ from: Math.max(range.from, struct.id.clock), to: Math.min(range.to, end) });
  }
}

function collectNew(structs: readonly Struct[], range: Range, targets: Target[]): void {
  const last = structs.at(-1);
  if (last === undefined || last.clock + last.length < range.to) throw new Refused('gap');
  for (let i = indexOf(structs, range.from); i < structs.length; i += 1) {
    const struct = structs[i];
    if (struct === undefined || struct.clock >= range.to) return;
    targets.push(struct);
  }
}

/** Whether the same update deletes all of a new struct. */
export function isDeleted({ deletes }: News, { client, clock, length }: Struct): boolean {
  return deletes.get(client)?.some(({ from, to }) => from <= clock && to >= clock + length) === true;
}

/** Where in one client's structs a clock lies; it has to lie in one. */
export function indexOf(structs: readonly Struct[], clock: number): number {
  let [low, high] = [0, structs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.clock ?? Infinity) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}
