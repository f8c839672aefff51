// The outbox in IndexedDB: asked in few requests and opened in small pieces, for ten thousand entries as for one.

import { must } from '../../base/must.ts';
import type { MembershipDatabase, OutboxEntry } from './database.ts';
import type { Outbox } from './device-store.ts';
import { CHUNK, MANY, putMany } from './dexie-many.ts';

export function outboxOf({ outbox }: MembershipDatabase): Outbox {
  return {
    get: (n) => outbox.get(n),
    all: () => outbox.toArray(),
    put: (entries) => putMany(outbox, entries),
    delete: (ns) => outbox.bulkDelete([...ns]),
    clear: () => outbox.clear(),
    byMids: (mids) => byMids(outbox, mids),
    over: (keys) => outbox.where('keys').anyOf(keys).distinct().toArray(),
    keysUnder: async (keys) => new Set((await outbox.where('keys').anyOf(keys).uniqueKeys()) as string[]),
    unsent: (limit = Infinity, after = 0) => unsent(outbox, limit, after),
    countUnsent: () => outbox.where('version').equals(0).count(),
    acceptedUpTo: (version) => outbox.where('version').between(1, version, true, true).toArray(),
    count: () => outbox.count(),
  };
}

/**
 * The entries of a batch. They were written one after another, so their ids lie together and come in one request; where a
 * clock was set in between, others lie among them, and each is asked for by itself.
 */
async function byMids(outbox: MembershipDatabase['outbox'], mids: readonly string[]): Promise<OutboxEntry[]> {
  const sorted = [...mids].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const wanted = new Set(mids);
  const limit = mids.length + MANY;
  return outbox.db.transaction('r', outbox, async () => {
    const ns = await outbox.where('mid').between(first, last, true, true).limit(limit).primaryKeys();
    if (ns.length === limit) return outbox.where('mid').anyOf(mids).toArray();
    return (await inPieces(outbox, ns)).filter(({ mid }) => wanted.has(mid));
  });
}

/** What waits to be sent, in order. */
function unsent(outbox: MembershipDatabase['outbox'], limit: number, after: number): Promise<OutboxEntry[]> {
  return outbox.db.transaction('r', outbox, async () => {
    // Entries of one version lie in order of `n`.
    const waiting = outbox.where('version').equals(0);
    const ns = (await waiting.limit(after === 0 ? limit : Infinity).primaryKeys()).filter((n) => n > after);
    return (await inPieces(outbox, ns.slice(0, limit))).filter(({ version }) => version === 0);
  });
}

/** Entries by their numbers and what lies between these, some at a time: to open them is this thread's own work. */
async function inPieces(outbox: MembershipDatabase['outbox'], ns: readonly number[]): Promise<OutboxEntry[]> {
  const sorted = [...ns].sort((a, b) => a - b);
  const found: OutboxEntry[] = [];
  for (let from = 0; from < sorted.length; from += CHUNK) {
    const some = sorted.slice(from, from + CHUNK);
    const [first, last] = [must(some[0], 'a number'), must(some.at(-1), 'a number')];
    found.push(...(await outbox.where('n').between(first, last, true, true).toArray()));
  }
  return found;
}
