import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Documents that several people write at once: each with its sequence and the digest of its log, the authored log of updates,
 * and a snapshot beside it; all walled per practice. An update's own digest is salted, so that it may be taken out for good and
 * the chain still hold.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table doc (
    practice_id uuid not null references practice,
    name text not null,
    kind text not null,
    row_id uuid not null,
    space text not null,
    seq bigint not null default 0,
    digest bytea not null default '',
    changed_at timestamptz not null default now(),
    primary key (practice_id, name))`.execute(db);
  await sql`create index doc_of_row on doc (practice_id, kind, row_id)`.execute(db);
  await sql`create table doc_update (
    practice_id uuid not null,
    name text not null,
    seq bigint not null,
    update bytea not null,
    by uuid not null,
    user_id text not null,
    session text not null,
    claims bigint[] not null,
    at timestamptz not null,
    salt bytea not null,
    digest bytea not null,
    primary key (practice_id, name, seq),
    foreign key (practice_id, name) references doc)`.execute(db);
  await sql`create table doc_snapshot (
    practice_id uuid not null,
    name text not null,
    seq bigint not null,
    update bytea not null,
    clients jsonb not null,
    digest bytea not null,
    sum bytea not null,
    at timestamptz not null default now(),
    primary key (practice_id, name),
    foreign key (practice_id, name) references doc)`.execute(db);
  for (const table of ['doc', 'doc_update', 'doc_snapshot']) await wall(db, table);
}

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
