// The log of documents on PostgreSQL. The append names the sequence it stands on, under the document's own row lock: two nodes
// on one database need no owner. Locks are taken in the order of names, the practice's last and only where a header row is
// written, so that no two ticks wait for each other in a circle.

import { sql } from 'kysely';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { writeRows } from './commit-batch.ts';
import { headerImages } from './doc-headers.ts';
import { inPractice } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import { endOf, linkAll, sumOf } from './doc-chain.ts';
import type { Linked } from './doc-chain.ts';
import type { Append, Appended, DocLog, LogEnd, Snapshot } from './doc-log.ts';
import { loadLog, readTails } from './pg-doc-reads.ts';
import type { Shapes } from './store.ts';

/** The log of a database whose migrations have run. */
export function createPgDocLog(database: Database, shapes: Shapes = (_type, fields) => fields): DocLog {
  return {
    append: (practiceId, appends) =>
      inPractice(database, practiceId, (tx) => appendAll(tx, { practiceId, shapes }, appends)),
    load: (practiceId, name) => loadLog(database, practiceId, name),
    tails: (practiceId, asks, bytes) => readTails(database, { practiceId, asks, bytes }),
    seqs: (practiceId, names) => inPractice(database, practiceId, (tx) => seqsOf(tx, practiceId, names)),
    saveSnapshot: (practiceId, name, snapshot) =>
      inPractice(database, practiceId, (tx) => saveSnapshot(tx, { practiceId, name }, snapshot)),
  };
}

interface Where {
  readonly practiceId: string;
  readonly shapes: Shapes;
}

async function appendAll(
  tx: PracticeTx,
  where: Where,
  appends: readonly Append[],
): Promise<ReadonlyMap<string, Appended>> {
  const inOrder = [...appends].sort((a, b) => (a.place.name < b.place.name ? -1 : 1));
  await beginNew(tx, where.practiceId, inOrder);
  const seqs = await lockDocs(tx, where.practiceId, inOrder);
  const outcome = new Map<string, Appended>();
  const taken: Taken[] = [];
  for (const append of inOrder) {
    const { place, expected, updates } = append;
    if (seqs.get(place.name) !== expected.seq) {
      outcome.set(place.name, 'moved');
      continue;
    }
    const entries = linkAll(expected, updates);
    const end = endOf(expected, entries);
    taken.push({ append, entries, end });
    outcome.set(place.name, end);
  }
  if (taken.length === 0) return outcome;
  const headed = taken.filter(({ append }) => append.header !== undefined);
  const version = await writeEntries(tx, where.practiceId, { taken, locks: headed.length > 0 });
  if (headed.length > 0) await writeHeaders(tx, where, { headed, before: must(version, 'the practice') });
  return outcome;
}

/** Documents that nobody has written to before. */
async function beginNew(tx: PracticeTx, practiceId: string, appends: readonly Append[]): Promise<void> {
  const places = appends.flatMap(({ place, expected }) => (expected.seq === 0 ? [place] : []));
  if (places.length === 0) return;
  await sql`
    insert into doc (practice_id, name, kind, row_id, space)
    select ${practiceId}, name, kind, row_id, space
    from unnest(${places.map((p) => p.name)}::text[], ${places.map((p) => p.kind)}::text[],
      ${places.map((p) => p.row)}::uuid[], ${places.map((p) => p.space)}::text[]) as fresh (name, kind, row_id, space)
    on conflict do nothing`.execute(tx);
}

async function lockDocs(tx: PracticeTx, practiceId: string, appends: readonly Append[]): Promise<Map<string, number>> {
  const found = await sql<{ name: string; seq: number }>`
    select name, seq from doc where practice_id = ${practiceId} and name = any(${appends.map((a) => a.place.name)}::text[])
    order by name for update`.execute(tx);
  return new Map(found.rows.map(({ name, seq }) => [name, seq]));
}

interface Taken {
  readonly append: Append;
  readonly entries: readonly Linked[];
  readonly end: LogEnd;
}

/** With `locks` it takes the practice's lock besides, which comes after those of all documents, and gives its commit number. */
async function writeEntries(
  tx: PracticeTx,
  practiceId: string,
  { taken, locks }: { taken: readonly Taken[]; locks: boolean },
): Promise<number | undefined> {
  const all = taken.flatMap(({ append, entries }) => entries.map((entry) => ({ name: append.place.name, ...entry })));
  const then = locks
    ? sql`select version from practice where id = ${practiceId} for update`
    : sql`select null as version`;
  const found = await sql<{ version: number | null }>`
    with moved as (
      update doc d set seq = ends.seq, digest = ends.digest, changed_at = now()
      from unnest(${taken.map((t) => t.append.place.name)}::text[], ${taken.map((t) => t.end.seq)}::bigint[],
        ${taken.map((t) => Buffer.from(t.end.digest))}::bytea[]) as ends (name, seq, digest)
      where d.practice_id = ${practiceId} and d.name = ends.name),
    written as (
    insert into doc_update (practice_id, name, seq, update, by, user_id, session, claims, at, salt, digest)
    select ${practiceId}, name, seq, update, by, user_id, session, claims::bigint[], at, salt, digest
    from unnest(${all.map((e) => e.name)}::text[], ${all.map((e) => e.seq)}::bigint[],
      ${all.map((e) => Buffer.from(e.update))}::bytea[], ${all.map((e) => e.by)}::uuid[],
      ${all.map((e) => e.userId)}::text[], ${all.map((e) => e.session)}::text[],
      ${all.map((e) => `{${e.claims.join(',')}}`)}::text[], ${all.map((e) => e.at)}::timestamptz[],
      ${all.map((e) => Buffer.from(e.salt))}::bytea[], ${all.map((e) => Buffer.from(e.digest))}::bytea[])
      as entry (name, seq, update, by, user_id, session, claims, at, salt, digest))
    ${then}`.execute(tx);
  return found.rows[0]?.version ?? undefined;
}

/** Header rows get commit numbers as any row does, so that devices have them by their next pull. */
async function writeHeaders(
  tx: PracticeTx,
  { practiceId, shapes }: Where,
  { headed, before }: { headed: readonly Taken[]; before: number },
): Promise<void> {
  const headers = headed.map(({ append }) => ({ type: append.header?.type ?? '', id: append.place.row }));
  const found = await sql<{ type: string; id: string; fields: JsonObject | null; schema_version: number }>`
    select r.type, r.id, r.fields, r.schema_version
    from unnest(${headers.map((h) => h.type)}::text[], ${headers.map((h) => h.id)}::uuid[]) as wanted (type, id)
    join row r on r.practice_id = ${practiceId} and r.type = wanted.type and r.id = wanted.id`.execute(tx);
  const rows = new Map(found.rows.map((row) => [`${row.type}/${row.id}`, row]));
  const images = headerImages(headed, (type, id) => {
    const row = rows.get(`${type}/${id}`);
    if (row === undefined) return undefined;
    return row.fields && shapes(type, row.fields, row.schema_version);
  });
  if (images.length === 0) return;
  const receivedAt = new Date(must(headed[0]?.append.updates[0], 'an update').at);
  const device = null;
  const version = before + images.length;
  await writeRows(tx, { practiceId, before, version, commit: { images, receivedAt, device } });
}

async function seqsOf(tx: PracticeTx, practiceId: string, names: readonly string[]): Promise<Map<string, number>> {
  const found = await sql<{ name: string; seq: number }>`
    select name, seq from doc where practice_id = ${practiceId} and name = any(${names}::text[])`.execute(tx);
  return new Map(found.rows.map(({ name, seq }) => [name, seq]));
}

async function saveSnapshot(
  tx: PracticeTx,
  { practiceId, name }: { practiceId: string; name: string },
  { seq, digest, update, clients }: Snapshot,
): Promise<void> {
  await sql`
    insert into doc_snapshot (practice_id, name, seq, update, clients, digest, sum)
    values (${practiceId}, ${name}, ${seq}, ${Buffer.from(update)}, ${JSON.stringify(clients)}::jsonb, ${Buffer.from(digest)},
      ${sumOf(update, clients)})
    on conflict (practice_id, name) do update set seq = excluded.seq, update = excluded.update, clients = excluded.clients,
      digest = excluded.digest, sum = excluded.sum, at = now()
    where doc_snapshot.seq < excluded.seq`.execute(tx);
}
