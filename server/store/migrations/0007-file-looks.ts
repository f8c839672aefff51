import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Which rows name a file, so that it can be opened and looked at once, and what was found; walled per practice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table file add column looked_at timestamptz, add column fault text`.execute(db);
  await sql`create index file_to_look_at on file (practice_id, id) where looked_at is null`.execute(db);
  await sql`create table file_name (
    practice_id uuid not null references practice,
    file text not null,
    type text not null,
    row uuid not null,
    primary key (practice_id, file, type, row))`.execute(db);
  await sql`create table file_cursor (
    practice_id uuid primary key references practice,
    through bigint not null)`.execute(db);
  for (const table of ['file_name', 'file_cursor']) await wall(db, table);
}

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
