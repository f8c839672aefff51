import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Files of a space, by the digest of their bytes, and uploads that are under way; both walled per practice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table file (
    practice_id uuid not null references practice,
    id text not null check (id ~ '^[0-9a-f]{64}$'),
    space text not null,
    bytes bigint not null,
    by uuid not null,
    created_at timestamptz not null default now(),
    primary key (practice_id, id, space))`.execute(db);
  await sql`create table upload (
    practice_id uuid not null references practice,
    id text not null check (id ~ '^[0-9a-f]{64}$'),
    by uuid not null,
    file text not null,
    space text not null,
    bytes bigint not null,
    created_at timestamptz not null default now(),
    primary key (practice_id, id))`.execute(db);
  await sql`create index upload_age on upload (practice_id, created_at)`.execute(db);
  for (const table of ['file', 'upload']) await wall(db, table);
}

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
