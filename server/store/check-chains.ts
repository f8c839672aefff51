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
/** How often a log is looked at that cannot be read. */
const LOOKS = 2;

/** Practices with documents that were not checked for a day. */
export async function practicesToCheck({ db }: Database, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (
      select from doc d where d.practice_id = p.id and d.checked_at <= ${dayBefore(now)})`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Checks a practice's documents that are due, until `signal`. One whose log does not hold, or cannot be read, is told of in the log
 * each day, and keeps no other from its turn. Throws where the database is away.
 */
export async function checkChains(
  { database, log, now }: CheckParts,
  practiceId: string,
  signal?: AbortSignal,
): Promise<void> {
  const until = performance.now() + JOB_MS;
  while (performance.now() < until && signal?.aborted !== true) {
    const doc = await nextDue(database, practiceId, dayBefore(now()));
    if (doc === null) return;
    const found = await look(database, practiceId, doc);
    const line = { code: 'document-log-broken', practice: practiceId, document: doc.row_id, count: doc.seq };
    if (found.is === 'unreadable') log.error({ ...line, reason: found.is }, found.fault);
    else if (found.is === 'broken') log.error(line);
    await note(database, practiceId, { name: doc.name, isWhole: found.is === 'whole', at: now() });
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

type Look = { readonly is: 'whole' | 'broken' } | { readonly is: 'unreadable'; readonly fault: unknown };

/** What cannot be read twice while the database answers is unreadable; a connection that was cut in between says nothing of a log. */
async function look(database: Database, practiceId: string, doc: Due): Promise<Look> {
  let fault: unknown;
  for (let i = 0; i < LOOKS; i += 1) {
    try {
      return { is: (await holds(database, practiceId, doc)) ? 'whole' : 'broken' };
    } catch (error) {
      fault = error;
      await inPractice(database, practiceId, (tx) => sql`select`.execute(tx));
    }
  }
  return { is: 'unreadable', fault };
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
