// What is read of the log of documents on PostgreSQL: a whole log from its snapshot on, for a room, and what is new of many
// documents, for devices. Both check the digest chain and give no more than its last good prefix.

import { sql } from 'kysely';
import { inPracticeSnapshot } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import { endOf, goodPrefix, same, sumOf } from './doc-chain.ts';
import type { Linked } from './doc-chain.ts';
import { EMPTY_LOG } from './doc-log.ts';
import type { ClientClaim, LoadedLog, LogEnd, Snapshot, Tail, TailAsk } from './doc-log.ts';

interface EntryColumns {
  readonly name: string;
  readonly seq: number;
  readonly update: Buffer;
  readonly by: string;
  readonly user_id: string;
  readonly session: string;
  readonly claims: readonly (string | number)[];
  readonly at: Date;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

const ENTRY = sql.raw('u.name, u.seq, u.update, u.by, u.user_id, u.session, u.claims, u.at, u.salt, u.digest');

/** The log from its snapshot on; from its beginning where the snapshot is damaged. */
export function loadLog(database: Database, practiceId: string, name: string): Promise<LoadedLog> {
  return inPracticeSnapshot(database, practiceId, async (tx) => {
    const found = await sql<LogEnd>`
      select seq, digest from doc where practice_id = ${practiceId} and name = ${name}`.execute(tx);
    const said = found.rows[0];
    if (said === undefined) return { end: EMPTY_LOG, snapshot: null, updates: [], isBroken: false };
    const snapshot = await goodSnapshot(tx, practiceId, name);
    const start = snapshot ?? EMPTY_LOG;
    const rows = await sql<EntryColumns>`
      select ${ENTRY} from doc_update u
      where practice_id = ${practiceId} and name = ${name} and seq > ${start.seq} order by seq`.execute(tx);
    const entries = rows.rows.map(toEntry);
    const updates = entries.slice(0, goodPrefix(start, entries));
    const end = endOf(start, updates);
    return { end, snapshot, updates, isBroken: end.seq !== said.seq || !same(end.digest, said.digest) };
  });
}

async function goodSnapshot(tx: PracticeTx, practiceId: string, name: string): Promise<Snapshot | null> {
  const found = await sql<LogEnd & { update: Buffer; clients: ClientClaim[]; sum: Buffer }>`
    select seq, digest, update, clients, sum from doc_snapshot
    where practice_id = ${practiceId} and name = ${name}`.execute(tx);
  const row = found.rows[0];
  if (row === undefined || !same(row.sum, sumOf(row.update, row.clients))) return null;
  const { seq, digest, update, clients } = row;
  return { seq, digest, update, clients };
}

interface Chosen extends TailAsk {
  readonly seq: number;
  /** Where the updates begin to be sent: after the snapshot, where one is. */
  readonly from: number;
  readonly snapshot: Buffer | null;
  readonly clients: readonly ClientClaim[] | null;
  readonly sum: Buffer | null;
  /** What the chain says at `from`, where anything was written up to there. */
  readonly digest: Buffer | null;
}

/** What is new of many documents, as it is in one moment. */
export function readTails(
  database: Database,
  { practiceId, asks, bytes }: { practiceId: string; asks: readonly TailAsk[]; bytes: number },
): Promise<readonly Tail[]> {
  return inPracticeSnapshot(database, practiceId, async (tx) => {
    const first = await choose(tx, practiceId, { asks, but: [] });
    // A damaged snapshot is as none.
    const damaged = first.filter((one) => one.snapshot !== null && !isGood(one)).map(({ name }) => name);
    const chosen = damaged.length === 0 ? first : await choose(tx, practiceId, { asks, but: damaged });
    const entries = await entriesOf(tx, { practiceId, chosen, bytes });
    const fetched = [...entries.values()].flat().reduce((sum, { update }) => sum + update.length, 0);
    let left = bytes;
    return chosen.map((one) => {
      const tail = tailOf(one, entries.get(one.name) ?? [], { left, isFirst: left === bytes, isCut: fetched > bytes });
      left -= tail.updates.reduce((sum, { update }) => sum + update.length, tail.snapshot?.update.length ?? 0);
      return tail;
    });
  });
}

function tailOf(one: Chosen, found: readonly Linked[], room: { left: number; isFirst: boolean; isCut: boolean }): Tail {
  const { name, after, from, seq } = one;
  // As with an update: one that is larger than an answer has to come all the same, and any other waits for the next.
  const waits = one.snapshot !== null && one.snapshot.length > room.left && !room.isFirst;
  if (waits) return { name, seq, snapshot: null, updates: [], more: after < seq };
  const good = found.slice(0, goodPrefix({ seq: from, digest: one.digest ?? EMPTY_LOG.digest }, found));
  const updates: Linked[] = [];
  let left = room.left - (one.snapshot?.length ?? 0);
  for (const entry of good) {
    // One that is larger than an answer has to come all the same.
    if (left < entry.update.length && !(room.isFirst && one.snapshot === null && updates.length === 0)) break;
    left -= entry.update.length;
    updates.push(entry);
  }
  const snapshot = one.snapshot && { seq: from, update: one.snapshot };
  // What the chain does not hold is not there to be asked for.
  const isWhole = good.length === found.length && (room.isCut || from + good.length === seq);
  const end = isWhole ? seq : from + good.length;
  return { name, seq: end, snapshot, updates, more: from + updates.length < end };
}

function isGood({ snapshot, clients, sum }: Chosen): boolean {
  return snapshot !== null && sum !== null && same(sum, sumOf(snapshot, clients ?? []));
}

async function choose(
  tx: PracticeTx,
  practiceId: string,
  { asks, but }: { asks: readonly TailAsk[]; but: readonly string[] },
): Promise<Chosen[]> {
  const found = await sql<Chosen>`
    select asked.name, asked.after, coalesce(d.seq, 0) as seq, coalesce(s.seq, least(asked.after, coalesce(d.seq, 0))) as from,
      s.update as snapshot, s.clients, s.sum, coalesce(s.digest, u.digest) as digest
    from unnest(${asks.map((a) => a.name)}::text[], ${asks.map((a) => a.after)}::bigint[]) with ordinality as asked (name, after, place)
    left join doc d on d.practice_id = ${practiceId} and d.name = asked.name
    left join doc_snapshot s on s.practice_id = ${practiceId} and s.name = asked.name and s.seq > asked.after and not s.name = any(${but}::text[])
      and octet_length(s.update) < (select sum(octet_length(w.update)) from doc_update w
        where w.practice_id = ${practiceId} and w.name = asked.name and w.seq > asked.after and w.seq <= s.seq)
    left join doc_update u on u.practice_id = ${practiceId} and u.name = asked.name and u.seq = asked.after
    order by asked.place`.execute(tx);
  return found.rows;
}

/** No more of them than could be sent, whatever was asked for. */
async function entriesOf(
  tx: PracticeTx,
  { practiceId, chosen, bytes }: { practiceId: string; chosen: readonly Chosen[]; bytes: number },
): Promise<Map<string, Linked[]>> {
  const behind = chosen.filter(({ seq, from }) => seq > from);
  const entries = new Map<string, Linked[]>();
  if (behind.length === 0) return entries;
  const rows = await sql<EntryColumns>`
    with found as (
      select u.name, u.seq, sum(octet_length(u.update)) over (order by asked.place, u.seq) - octet_length(u.update) as before
      from unnest(${behind.map((c) => c.name)}::text[], ${behind.map((c) => c.from)}::bigint[]) with ordinality as asked (name, "from", place)
      join doc_update u on u.practice_id = ${practiceId} and u.name = asked.name and u.seq > asked."from")
    select ${ENTRY} from found join doc_update u on u.practice_id = ${practiceId} and u.name = found.name and u.seq = found.seq
    where found.before <= ${bytes} order by u.name, u.seq`.execute(tx);
  for (const row of rows.rows) {
    const list = entries.get(row.name) ?? [];
    list.push(toEntry(row));
    entries.set(row.name, list);
  }
  return entries;
}

/** Some of a log's entries, in order; whoever asks has to hold them against the chain. */
export async function readEntries(
  tx: PracticeTx,
  { practiceId, name, after, upTo }: { practiceId: string; name: string; after: number; upTo: number },
): Promise<Linked[]> {
  const { rows } = await sql<EntryColumns>`
    select ${ENTRY} from doc_update u
    where practice_id = ${practiceId} and name = ${name} and seq > ${after} and seq <= ${upTo} order by seq`.execute(
    tx,
  );
  return rows.map(toEntry);
}

function toEntry(row: EntryColumns): Linked {
  const { seq, update, by, session, at, salt, digest } = row;
  const claims = row.claims.map(Number);
  return { seq, update, by, userId: row.user_id, session, claims, at: at.toISOString(), salt, digest };
}
