// The log of documents in memory, for tests with many devices in one process. It keeps the promises of `doc-log-contract.ts` as
// the form on PostgreSQL does, except that it forgets. Documents are never changed in place, so that a backup is a copy of maps.

import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { endOf, goodPrefix, linkAll, same } from './doc-chain.ts';
import type { Linked } from './doc-chain.ts';
import { headerImages } from './doc-headers.ts';
import { EMPTY_LOG } from './doc-log.ts';
import type { Append, Appended, DocLog, LoadedLog, LogEnd, Snapshot, Tail, TailAsk } from './doc-log.ts';
import type { RowImage } from './store.ts';

export interface MemoryDoc {
  readonly end: LogEnd;
  readonly entries: readonly Linked[];
  readonly snapshot: Snapshot | null;
}

/** The documents of one practice, and its rows as far as headers need them. */
export interface MemoryDocs {
  readonly docs: Map<string, MemoryDoc>;
  /** Undefined where there is no such row, null where it was deleted. */
  fieldsOf(type: string, id: string): JsonObject | null | undefined;
  write(images: readonly RowImage[], receivedAt: Date): void;
}

const NOTHING: MemoryDoc = { end: EMPTY_LOG, entries: [], snapshot: null };

export function createMemoryDocLog(of: (practiceId: string) => MemoryDocs): DocLog {
  const docOf = (practiceId: string, name: string) => of(practiceId).docs.get(name) ?? NOTHING;
  return {
    append: async (practiceId, appends) => append(of(practiceId), appends),
    load: async (practiceId, name) => load(docOf(practiceId, name)),
    async tails(practiceId, asks, bytes) {
      let left = bytes;
      return asks.map((ask) => {
        const tail = tailOf(docOf(practiceId, ask.name), ask, { left, isFirst: left === bytes });
        left -= sizeOf(tail.updates) + (tail.snapshot?.update.length ?? 0);
        return tail;
      });
    },
    async seqs(practiceId, names) {
      const { docs } = of(practiceId);
      return new Map(names.flatMap((name) => (docs.has(name) ? [[name, docOf(practiceId, name).end.seq]] : [])));
    },
    async saveSnapshot(practiceId, name, snapshot) {
      const doc = docOf(practiceId, name);
      if ((doc.snapshot?.seq ?? 0) < snapshot.seq) of(practiceId).docs.set(name, { ...doc, snapshot });
    },
  };
}

function append({ docs, fieldsOf, write }: MemoryDocs, appends: readonly Append[]): Map<string, Appended> {
  const outcome = new Map<string, Appended>();
  const headed: { append: Append; end: LogEnd }[] = [];
  for (const one of [...appends].sort((a, b) => (a.place.name < b.place.name ? -1 : 1))) {
    const { name } = one.place;
    const doc = docs.get(name) ?? NOTHING;
    if (doc.end.seq !== one.expected.seq) {
      outcome.set(name, 'moved');
      continue;
    }
    const entries = linkAll(one.expected, one.updates);
    const end = endOf(one.expected, entries);
    docs.set(name, { ...doc, end, entries: [...doc.entries, ...entries] });
    outcome.set(name, end);
    if (one.header !== undefined) headed.push({ append: one, end });
  }
  const images = headerImages(headed, fieldsOf);
  if (images.length > 0) write(images, new Date(must(headed[0]?.append.updates[0], 'an update').at));
  return outcome;
}

function load({ end: said, entries, snapshot }: MemoryDoc): LoadedLog {
  const start = snapshot ?? EMPTY_LOG;
  const after = entries.slice(start.seq);
  const updates = after.slice(0, goodPrefix(start, after));
  const end = endOf(start, updates);
  return { end, snapshot, updates, isBroken: end.seq !== said.seq || !same(end.digest, said.digest) };
}

function tailOf(
  { end, entries, snapshot: kept }: MemoryDoc,
  ask: TailAsk,
  room: { left: number; isFirst: boolean },
): Tail {
  const { name, after } = ask;
  const isSmaller = kept !== null && kept.seq > after && kept.update.length < sizeOf(entries.slice(after, kept.seq));
  const snapshot = isSmaller ? { seq: kept.seq, update: kept.update } : null;
  if (snapshot !== null && snapshot.update.length > room.left && !room.isFirst) {
    return { name, seq: end.seq, snapshot: null, updates: [], more: true };
  }
  const from = snapshot?.seq ?? Math.min(after, end.seq);
  const updates: Linked[] = [];
  let left = room.left - (snapshot?.update.length ?? 0);
  for (const entry of entries.slice(from)) {
    if (left < entry.update.length && !(room.isFirst && snapshot === null && updates.length === 0)) break;
    left -= entry.update.length;
    updates.push(entry);
  }
  return { name, seq: end.seq, snapshot, updates, more: (updates.at(-1)?.seq ?? from) < end.seq };
}

function sizeOf(updates: readonly { readonly update: Uint8Array }[]): number {
  return updates.reduce((sum, { update }) => sum + update.length, 0);
}
