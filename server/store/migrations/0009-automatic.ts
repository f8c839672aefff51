import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What the practice is to say by itself, once each, and how far the rows were looked through for causes; walled per practice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table automatic_cursor (
    practice_id uuid primary key references practice,
    through bigint not null)`.execute(db);
  // Whose care has long begun is not welcomed.
  await sql`insert into automatic_cursor select id, version from practice`.execute(db);
  await sql`create table automatic_message (
    practice_id uuid not null references practice,
    id uuid not null,
    cause text not null check (cause in ('welcome', 'away', 'broadcast')),
    source uuid not null,
    client uuid not null,
    kind text not null,
    body text not null,
    on_behalf_of text,
    state text not null check (state in ('waiting', 'sent', 'called-off')),
    segment int,
    at timestamptz not null,
    done_at timestamptz,
    primary key (practice_id, id))`.execute(db);
  await sql`create index automatic_message_waiting on automatic_message (practice_id, at) where state = 'waiting'`.execute(
    db,
  );
  await sql`create index automatic_message_source on automatic_message (practice_id, source, state)`.execute(db);
  for (const table of ['automatic_cursor', 'automatic_message']) await wall(db, table);
}

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
