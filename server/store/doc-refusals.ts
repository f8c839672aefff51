// What was refused to whom in documents, kept in ids and codes for who has to look into it later. Counted by day, and a practice
// gets no more than so many lines a day: beyond that what is refused is counted by person and code alone, so that no flood fills a disk.

import { sql } from 'kysely';
import { inPractice } from './database.ts';
import type { Database, PracticeTx } from './database.ts';

/** One line: refused so often, between two times. */
export interface DocRefusal {
  readonly member: string;
  /** Its name; empty where it was none, or where the day's lines are used up. */
  readonly document: string;
  readonly code: string;
  /** The last one's. */
  readonly session: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Lines of a practice and a day that name a document. */
export const REFUSALS_A_DAY = 200;
/** As long as an audit trail has to be there (45 CFR 164.316). */
export const REFUSALS_KEPT_DAYS = 6 * 366;

/**
 * Adds to the practice's lines of the day, all in one transaction. Gives how many lines the database does not take, whatever else is
 * in them: they would keep the others for ever. Throws where it is away; nothing is added then.
 */
export async function addRefusals(
  database: Database,
  practiceId: string,
  refusals: readonly DocRefusal[],
): Promise<number> {
  try {
    await inPractice(database, practiceId, async (tx) => {
      await lock(tx, practiceId);
      for (const refusal of refusals) await add(tx, practiceId, refusal);
    });
    return 0;
  } catch (error) {
    if (!isNotTaken(error)) throw error;
    return inPractice(database, practiceId, (tx) => addWhatFits(tx, practiceId, refusals));
  }
}

/** One after another: each counts the lines that are there. */
async function lock(tx: PracticeTx, practiceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`doc_refusal ${practiceId}`}))`.execute(tx);
}

async function add(tx: PracticeTx, practiceId: string, refusal: DocRefusal): Promise<void> {
  if (!(await countOn(tx, practiceId, refusal))) await begin(tx, practiceId, refusal);
}

async function addWhatFits(tx: PracticeTx, practiceId: string, refusals: readonly DocRefusal[]): Promise<number> {
  await lock(tx, practiceId);
  let left = 0;
  for (const refusal of refusals) {
    await sql`savepoint line`.execute(tx);
    try {
      await add(tx, practiceId, refusal);
      await sql`release savepoint line`.execute(tx);
    } catch (error) {
      if (!isNotTaken(error)) throw error;
      left += 1;
      await sql`rollback to savepoint line`.execute(tx);
    }
  }
  return left;
}

/** It is for what is in it: a value that is none (class 22), a rule of the table (23), more than fits (54), or what cannot be sent at all. */
function isNotTaken(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof RangeError || (typeof code === 'string' && /^(?:22|23|54)[0-9A-Z]{3}$/.test(code));
}

/** Whether there was a line already. */
async function countOn(tx: PracticeTx, practiceId: string, refusal: DocRefusal): Promise<boolean> {
  const { member, document, code, session, count, lastAt } = refusal;
  const found = await sql`
    update doc_refusal set count = count + ${count}, session = ${session}, last_at = ${lastAt}
    where practice_id = ${practiceId} and day = ${dayOf(refusal)}::date and member_id = ${member} and document = ${document}
      and code = ${code} returning 1`.execute(tx);
  return found.rows.length > 0;
}

async function begin(tx: PracticeTx, practiceId: string, refusal: DocRefusal): Promise<void> {
  const day = dayOf(refusal);
  const { rows } = await sql<{ lines: number }>`
    select count(*) as lines from doc_refusal
    where practice_id = ${practiceId} and day = ${day}::date and document <> ''`.execute(tx);
  const isFull = (rows[0]?.lines ?? 0) >= REFUSALS_A_DAY;
  const { member, code, session, count, firstAt, lastAt } = refusal;
  await sql`
    insert into doc_refusal as kept (practice_id, day, member_id, document, code, session, count, first_at, last_at)
    values (${practiceId}, ${day}::date, ${member}, ${isFull ? '' : refusal.document}, ${code}, ${session}, ${count}, ${firstAt}, ${lastAt})
    on conflict (practice_id, day, member_id, document, code) do update set count = kept.count + excluded.count,
      session = excluded.session, last_at = excluded.last_at`.execute(tx);
}

/** Takes away what has been kept for long enough. */
export async function forgetRefusals(database: Database, practiceId: string, now: Date): Promise<void> {
  await inPractice(database, practiceId, (tx) =>
    sql`delete from doc_refusal
      where practice_id = ${practiceId} and last_at < ${now}::timestamptz - make_interval(days => ${REFUSALS_KEPT_DAYS})`.execute(
      tx,
    ),
  );
}

function dayOf({ firstAt }: DocRefusal): string {
  return firstAt.toISOString().slice(0, 10);
}
