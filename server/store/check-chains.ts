// Checks once a day that each document's log is as it was written: the digest chain from its first update to its last, its end, and
// the snapshot beside it. Readers check what they read; this finds what nobody reads. Done by jobs in pieces: longest unchecked first.

import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { inPractice } from './database.ts';
import type { Database } from './database.ts';
import { endOf, goodPrefix, same, sumOf } from './doc-chain.ts';
import { EMPTY_LOG } from './doc-log.ts';
import type { ClientClaim, LogEnd } from './doc-log.ts';
import { readEntries } from './pg-doc-reads.ts';

export interface CheckParts {
  readonly database: Database;
  readonly log: Log;
  now(): Date;
}

const DAY_MS = 24 * 60 * 60_000;
/** Updates that are in memory at once. */
const PAGE = 500;
/** A job ends after so long; the next sweep goes on. */
const JOB_MS = 45_000;

/** Practices with documents that were not checked for a day. */
export async function practicesToCheck({ db }: Database, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (
      select from doc d where d.practice_id = p.id and d.checked_at <= ${dayBefore(now)})`.execute(db);
  return rows.map(({ id }) => id);
}

/** Checks a practice's documents that are due. One whose log does not hold is told of in the log each day, and keeps no other from its turn. */
export async function checkChains(
  { database, log, now }: CheckParts,
  practiceId: string,
  signal?: AbortSignal,
): Promise<void> {
  const until = performance.now() + JOB_MS;
  while (performance.now() < until && signal?.aborted !== true) {
    const doc = await nextDue(database, practiceId, dayBefore(now()));
    if (doc === null) return;
    const isWhole = await holds(database, practiceId, doc);
    if (!isWhole)
      log.error({ code: 'document-log-broken', practice: practiceId, document: doc.row_id, count: doc.seq });
    await note(database, practiceId, { name: doc.name, isWhole, at: now() });
    await setImmediate();
  }
}

interface Due extends LogEnd {
  readonly name: string;
  readonly row_id: string;
}

async function nextDue(database: Database, practiceId: string, before: Date): Promise<Due | null> {
  return inPractice(database, practiceId, async (tx) => {
    const { rows } = await sql<Due>`
      select name, row_id, seq, digest from doc where practice_id = ${practiceId} and checked_at <= ${before}
      order by checked_at limit 1`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Whether the log holds up to the end that the document says, and its snapshot lies on the chain. */
async function holds(database: Database, practiceId: string, { name, seq, digest }: Due): Promise<boolean> {
  const snapshot = await snapshotOf(database, practiceId, name);
  if (snapshot !== null && !same(snapshot.sum, sumOf(snapshot.update, snapshot.clients))) return false;
  let end = EMPTY_LOG;
  while (end.seq < seq) {
    const page = { practiceId, name, after: end.seq, upTo: Math.min(seq, end.seq + PAGE) };
    const entries = await inPractice(database, practiceId, (tx) => readEntries(tx, page));
    if (entries.length !== page.upTo - page.after || goodPrefix(end, entries) !== entries.length) return false;
    const at = entries.find((entry) => entry.seq === snapshot?.seq);
    if (at !== undefined && snapshot !== null && !same(at.digest, snapshot.digest)) return false;
    end = endOf(end, entries);
  }
  return same(end.digest, digest);
}

async function snapshotOf(database: Database, practiceId: string, name: string) {
  return inPractice(database, practiceId, async (tx) => {
    const { rows } = await sql<LogEnd & { update: Buffer; clients: ClientClaim[]; sum: Buffer }>`
      select seq, digest, update, clients, sum from doc_snapshot
      where practice_id = ${practiceId} and name = ${name}`.execute(tx);
    return rows[0] ?? null;
  });
}

async function note(
  database: Database,
  practiceId: string,
  { name, isWhole, at }: { name: string; isWhole: boolean; at: Date },
): Promise<void> {
  await inPractice(database, practiceId, (tx) =>
    sql`update doc set checked_at = ${at}, broken_at = case when ${isWhole} then null else coalesce(broken_at, ${at}) end
      where practice_id = ${practiceId} and name = ${name}`.execute(tx),
  );
}

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
