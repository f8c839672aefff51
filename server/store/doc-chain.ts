// The digest chain of a document's log: each update's digest covers the one before it, so that a changed, missing or moved
// update shows. The update itself goes in by a salted digest of its own: it may be erased and the chain still hold.

import { createHash, randomBytes } from 'node:crypto';
import type { ClientClaim, LogEnd, LoggedUpdate, NewUpdate } from './doc-log.ts';

/** An update with what the chain needs of it. */
export interface Linked extends LoggedUpdate {
  readonly salt: Uint8Array;
}

const SALT_BYTES = 16;

/** The updates as they go on after `end`. */
export function linkAll(end: LogEnd, updates: readonly NewUpdate[]): Linked[] {
  let { seq, digest } = end;
  const salts = randomBytes(SALT_BYTES * updates.length);
  return updates.map((update, i) => {
    const entry = { ...update, seq: ++seq, salt: salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES) };
    digest = digestOf(digest, entry);
    return { ...entry, digest };
  });
}

/** How many of the entries hold after `start`; all of them where the chain is whole. */
export function goodPrefix(start: LogEnd, entries: readonly Linked[]): number {
  let { seq, digest } = start;
  for (const [i, entry] of entries.entries()) {
    seq += 1;
    if (entry.seq !== seq || !same(entry.digest, digestOf(digest, entry))) return i;
    ({ digest } = entry);
  }
  return entries.length;
}

/** The end of a log after these entries. */
export function endOf(start: LogEnd, entries: readonly Linked[]): LogEnd {
  const last = entries.at(-1);
  return last === undefined ? start : { seq: last.seq, digest: last.digest };
}

/** What a snapshot is known by, so that a damaged one is left aside. */
export function sumOf(update: Uint8Array, clients: readonly ClientClaim[]): Buffer {
  return createHash('sha256').update(update).update(JSON.stringify(clients)).digest();
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function digestOf(before: Uint8Array, entry: Omit<Linked, 'digest'>): Buffer {
  const { seq, by, userId, session, at, claims, salt, update } = entry;
  const body = createHash('sha256').update(salt).update(update).digest();
  const said = JSON.stringify([seq, by, userId, session, claims, at]);
  return createHash('sha256').update(before).update(said).update(body).digest();
}
