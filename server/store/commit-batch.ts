// Writes a judged batch. The practice's row lock is taken last, then everything the batch was judged against is checked
// again under it; only then are commit numbers given. So version order is commit order, and judging holds no lock.

import { sql } from 'kysely';
import type { Head, Heads } from '../../src/sync/core/heads.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import { inPractice } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import type { Commit, Committed, LedgerEntry } from './store.ts';

/** Commits whole or answers `stale` with nothing written. */
export function commitBatch(database: Database, practiceId: string, commit: Commit): Promise<Committed | 'stale'> {
  return inPractice(database, practiceId, async (tx) => {
    const lock = await sql<{ version: number; relations_version: number }>`
      select version, relations_version from practice where id = ${practiceId} for update`.execute(tx);
    const practice = lock.rows[0];
    if (practice === undefined || practice.relations_version !== commit.expect.relationsVersion) return 'stale';
    if (!(await sameLedger(tx, practiceId, commit)) || !(await sameRows(tx, practiceId, commit))) return 'stale';
    const before = practice.version;
    const device = commit.ledger?.device ?? null;
    await writeRows(tx, { practiceId, before, commit: { ...commit, device } });
    const granted = await writeRelations(tx, practiceId, commit);
    await writeLedger(tx, { practiceId, commit, before });
    await sql`update practice set version = ${before + commit.applied},
      relations_version = relations_version + ${granted ? 1 : 0} where id = ${practiceId}`.execute(tx);
    return { before };
  });
}

async function sameLedger(tx: PracticeTx, practiceId: string, { ledger, expect }: Commit): Promise<boolean> {
  if (ledger === null) return true;
  const found = await sql<{ n: number | null; appeared: boolean }>`
    select max(n) as n, exists (
      select from ledger where practice_id = ${practiceId} and member_id = ${ledger.memberId}
        and mid = any(${expect.unknown ?? []}::uuid[])) as appeared
    from ledger
    where practice_id = ${practiceId} and member_id = ${ledger.memberId} and device = ${ledger.device}`.execute(tx);
  return (found.rows[0]?.n ?? 0) === expect.lastN && found.rows[0]?.appeared === false;
}

async function sameRows(tx: PracticeTx, practiceId: string, { expect }: Commit): Promise<boolean> {
  const wanted = [...expect.rows.values()];
  if (wanted.length === 0) return true;
  const found = await sql<{ differs: number }>`
    select count(*) as differs
    from unnest(${wanted.map((row) => row.ref.type)}::text[], ${wanted.map((row) => row.ref.id)}::uuid[],
      ${wanted.map((row) => row.version)}::bigint[]) as wanted (type, id, version)
    left join row r on r.practice_id = ${practiceId} and r.type = wanted.type and r.id = wanted.id
    where r.version is distinct from wanted.version`.execute(tx);
  return found.rows[0]?.differs === 0;
}

/** Writes row images with the numbers that follow `before`; the practice's lock is held. `version` becomes the practice's, where it is said. */
export async function writeRows(
  tx: PracticeTx,
  {
    practiceId,
    commit: { images, receivedAt, device },
    before,
    version,
  }: {
    practiceId: string;
    commit: Pick<Commit, 'images' | 'receivedAt'> & { readonly device: string | null };
    before: number;
    version?: number;
  },
): Promise<void> {
  if (images.length === 0) return;
  const counted = sql`with counted as (update practice set version = ${version} where id = ${practiceId})`;
  await sql`
    ${version === undefined ? sql`` : counted}
    insert into row (practice_id, type, id, space, version, schema_version, by, device, received_at, changed_at, fields, heads)
    select ${practiceId}, type, id, space, version, schema_version, by, ${device}, ${receivedAt}, ${receivedAt}, fields, heads
    from unnest(${images.map((i) => i.type)}::text[], ${images.map((i) => i.id)}::uuid[], ${images.map((i) => i.space)}::text[],
      ${images.map((i) => before + 1 + i.order)}::bigint[], ${images.map((i) => i.schemaVersion)}::int[],
      ${images.map((i) => i.by)}::uuid[],
      ${images.map((i) => (i.fields === null ? null : JSON.stringify(i.fields)))}::jsonb[],
      ${images.map((i) => (i.heads === undefined ? null : JSON.stringify(numbered(i.heads, before))))}::jsonb[])
      as image (type, id, space, version, schema_version, by, fields, heads)
    on conflict (practice_id, type, id) do update set version = excluded.version, schema_version = excluded.schema_version,
      fields = excluded.fields, heads = excluded.heads, changed_at = excluded.changed_at`.execute(tx);
}

/** Replaces the tuples of changed rows; true where any row of a granting type was written. */
async function writeRelations(tx: PracticeTx, practiceId: string, { images }: Commit): Promise<boolean> {
  const granting = images.flatMap((image) =>
    image.relations === null ? [] : [{ ...image, relations: image.relations }],
  );
  if (granting.length === 0) return false;
  await sql`delete from relation r
    using unnest(${granting.map((i) => i.type)}::text[], ${granting.map((i) => i.id)}::uuid[]) as gone (type, id)
    where r.practice_id = ${practiceId} and r.source_type = gone.type and r.source_id = gone.id`.execute(tx);
  const tuples = granting.flatMap((image) =>
    image.relations.map((tuple) => ({
      ...tuple,
      practice_id: practiceId,
      source_type: image.type,
      source_id: image.id,
    })),
  );
  if (tuples.length > 0) {
    // A row may grant the same twice.
    await tx
      .insertInto('relation')
      .values(tuples)
      .onConflict((on) => on.doNothing())
      .execute();
  }
  return true;
}

async function writeLedger(
  tx: PracticeTx,
  { practiceId, commit, before }: { practiceId: string; commit: Commit; before: number },
) {
  const { ledger, entries } = commit;
  if (ledger === null || entries.length === 0) return;
  const results = entries.map((entry) => resultOf(entry, before));
  await sql`
    insert into ledger (practice_id, member_id, device, n, mid, result)
    select ${practiceId}, ${ledger.memberId}, ${ledger.device}, n, mid, result
    from unnest(${results.map((r) => r.n)}::bigint[], ${results.map((r) => r.mid)}::uuid[],
      ${results.map((r) => JSON.stringify(r))}::jsonb[]) as entry (n, mid, result)`.execute(tx);
}

/** The answer as it is stored and sent, with the commit number that the entry got. */
export function resultOf(entry: LedgerEntry, before: number): PushResult {
  if ('refused' in entry) return entry.refused;
  if ('known' in entry) return { ...entry.known, n: entry.n };
  return { n: entry.n, mid: entry.mid, result: 'applied', version: before + 1 + entry.applied };
}

/** The heads with the numbers that the writes of this batch got. */
export function numbered(heads: Heads, before: number): Heads {
  const give = (head: Head) => (head.version < 0 ? { ...head, version: before - head.version } : head);
  return Object.fromEntries(Object.entries(heads).map(([field, found]) => [field, found.map(give)]));
}
