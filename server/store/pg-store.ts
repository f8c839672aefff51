// The store on PostgreSQL. Every call is one transaction inside the practice's wall (`inPractice`). Batches are read and
// written with `unnest`: one statement for 2,000 rows, not 2,000 statements. Every query names the practice as well, so that
// neither the wall nor a filter is the only thing that keeps practices apart.

import { sql } from 'kysely';
import { must } from '../../src/base/must.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import type { RowRef, Tuple } from '../../src/sync/core/record.ts';
import type { Receivers } from '../../src/sync/core/run.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { ReadSet } from '../../src/sync/core/tx.ts';
import { commitBatch } from './commit-batch.ts';
import { asUser, inPractice, PATIENCE } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import { pullPage } from './pull-page.ts';
import { purgeTombstones } from './purge-tombstones.ts';
import type { AuthorsAsk, BatchReads, LedgerKey, PracticeState, Shapes, Store } from './store.ts';
import { WRITERS_AMONG } from './store.ts';
import { STORED_COLUMNS, toStoredRow } from './stored-row.ts';
import type { StoredColumns } from './stored-row.ts';
import { Turns } from './turns.ts';

/** The store of a database whose migrations have run. `shapes` brings what earlier releases stored to the present shape. */
export function createPgStore(database: Database, shapes: Shapes = asStored): Store {
  const within = <T>(practiceId: string, work: (tx: PracticeTx) => Promise<T>) =>
    inPractice(database, practiceId, work);
  const turns = new Turns(PATIENCE.lockMs);
  return {
    practice: (slug) => practiceOf(database, slug),
    viewer: (practiceId, userId) => viewerOf(database, practiceId, userId),
    readBatch: (practiceId, ask) => within(practiceId, (tx) => readBatch(tx, { practiceId, shapes }, ask)),
    commit: (practiceId, commit) => turns.take(practiceId, () => commitBatch(database, practiceId, commit)),
    pull: (practiceId, ask) => pullPage(database, { practiceId, shapes }, ask),
    moveDevice: (practiceId, key, cursor) => within(practiceId, (tx) => moveDevice(tx, { practiceId, key, cursor })),
    authorsBetween: (practiceId, ask) => within(practiceId, (tx) => authorsBetween(tx, practiceId, ask)),
    deliveredThrough: (practiceId, receivers, memberId) =>
      within(practiceId, (tx) => deliveredThrough(tx, { practiceId, receivers, memberId })),
    purgeTombstones: (practiceId, olderThan) => purgeTombstones(database, practiceId, olderThan),
  };
}

async function practiceOf(database: Database, slug: string): Promise<PracticeState | null> {
  const found = await sql<PracticeState>`
    select id, slug, version, relations_version as "relationsVersion", horizon, backed_up_through as "backedUpThrough",
      (select value from meta where key = 'epoch') as epoch from practice where slug = ${slug}`.execute(database.db);
  return found.rows[0] ?? null;
}

async function viewerOf(database: Database, practiceId: string, userId: string) {
  const own = await asUser(database, userId, (tx) =>
    tx
      .selectFrom('relation')
      .select('object')
      .where('practice_id', '=', practiceId)
      .where('relation', '=', 'user')
      .where('subject', '=', `user:${userId}`)
      .execute(),
  );
  const subject = own[0]?.object;
  if (subject === undefined) return null;
  const found = await inPractice(database, practiceId, (tx) =>
    sql<Tuple>`
      select object, relation, subject from relation where practice_id = ${practiceId} and (subject in (${subject}, 'practice')
        or (object = 'practice' and relation = 'provider') or object in (select object from relation where practice_id = ${practiceId} and subject = ${subject} and object <> 'practice'))`.execute(
      tx,
    ),
  );
  return { memberId: subject.replace(/^member:/, ''), tuples: found.rows };
}

async function readBatch(
  tx: PracticeTx,
  { practiceId, shapes }: { practiceId: string; shapes: Shapes },
  ask: Parameters<Store['readBatch']>[1],
): Promise<BatchReads> {
  const rows = await readRows(tx, { practiceId, shapes }, ask.refs);
  const { memberId, device } = ask.key;
  const last = await sql<{ n: number | null }>`
    select max(n) as n from ledger
    where practice_id = ${practiceId} and member_id = ${memberId} and device = ${device}`.execute(tx);
  const lastN = last.rows[0]?.n ?? 0;
  const known = ask.ns.filter((n) => n <= lastN);
  const answered = new Map<number, PushResult>();
  if (known.length > 0) {
    const found = await sql<{ result: PushResult }>`
      select result from ledger where practice_id = ${practiceId} and member_id = ${memberId} and device = ${device}
        and n = any(${known}::bigint[])`.execute(tx);
    for (const { result } of found.rows) answered.set(result.n, result);
  }
  return { rows, lastN, answered, known: await knownOf(tx, { practiceId, memberId }, ask.mids ?? []) };
}

async function knownOf(
  tx: PracticeTx,
  { practiceId, memberId }: { practiceId: string; memberId: string },
  mids: readonly string[],
): Promise<Map<string, PushResult>> {
  if (mids.length === 0) return new Map();
  const found = await sql<{ mid: string; result: PushResult }>`
    select mid, result from ledger
    where practice_id = ${practiceId} and member_id = ${memberId} and mid = any(${mids}::uuid[])`.execute(tx);
  return new Map(found.rows.map(({ mid, result }) => [mid, result]));
}

/** Reads the named rows; what is not there is `null`. */
async function readRows(
  tx: PracticeTx,
  { practiceId, shapes }: { practiceId: string; shapes: Shapes },
  refs: readonly RowRef[],
): Promise<ReadSet> {
  const rows: ReadSet = new Map(refs.map((ref) => [rowKey(ref), null]));
  if (refs.length === 0) return rows;
  const found = await sql<StoredColumns>`
    select ${STORED_COLUMNS}
    from unnest(${refs.map((ref) => ref.type)}::text[], ${refs.map((ref) => ref.id)}::uuid[]) as wanted (type, id)
    join row r on r.practice_id = ${practiceId} and r.type = wanted.type and r.id = wanted.id`.execute(tx);
  for (const columns of found.rows) rows.set(rowKey(columns), toStoredRow(columns, shapes));
  return rows;
}

async function moveDevice(
  tx: PracticeTx,
  { practiceId, key, cursor }: { practiceId: string; key: LedgerKey; cursor: number },
): Promise<number> {
  const old = await sql<{ cursor: number }>`
    select cursor from device where practice_id = ${practiceId} and member_id = ${key.memberId} and id = ${key.device}`.execute(
    tx,
  );
  const before = old.rows[0]?.cursor;
  if (before !== undefined && before >= cursor) return before;
  await sql`
    insert into device (practice_id, member_id, id, cursor) values (${practiceId}, ${key.memberId}, ${key.device}, ${cursor})
    on conflict (practice_id, member_id, id) do update set cursor = greatest(device.cursor, excluded.cursor), seen_at = now()`.execute(
    tx,
  );
  return before ?? 0;
}

const PARTS_AMONG = 2;

async function authorsBetween(
  tx: PracticeTx,
  practiceId: string,
  { spaces, after, upTo, kinds }: AuthorsAsk,
): Promise<string[]> {
  // Of a document with several parts those that were written last: the others brought nothing now.
  const found = await sql<{ by: string }>`
    with changed as (select id, by from row where practice_id = ${practiceId} and space = any(${spaces}::text[])
      and version > ${after} and version <= ${upTo})
    select by from changed union
    select said.by from (select distinct id from changed) c
      cross join lateral (select d.name from doc d where d.practice_id = ${practiceId} and d.kind = any(${kinds}::text[])
        and d.row_id = c.id order by d.changed_at desc limit ${PARTS_AMONG}) part
      cross join lateral (select u.by from doc_update u where u.practice_id = ${practiceId} and u.name = part.name
        order by u.seq desc limit ${WRITERS_AMONG}) said`.execute(tx);
  return found.rows.map((row) => row.by);
}

async function deliveredThrough(
  tx: PracticeTx,
  { practiceId, receivers, memberId }: { practiceId: string; receivers: Receivers; memberId: string },
): Promise<number> {
  const found = await sql<{ cursor: number | null }>`
    select max(d.cursor) as cursor from relation r
    join device d on d.practice_id = r.practice_id and 'member:' || d.member_id = r.subject
    where r.practice_id = ${practiceId} and r.object = ${receivers.object} and r.relation = ${receivers.relation} and d.member_id <> ${memberId}`.execute(
    tx,
  );
  return must(found.rows[0], 'an aggregate').cursor ?? 0;
}

/** Every row is in the shape of the one release that has written here. */
const asStored: Shapes = (_type, fields) => fields;
