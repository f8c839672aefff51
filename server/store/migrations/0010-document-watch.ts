import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * When the digest chain of each document was checked last, and since when it does not hold; and what was refused to whom in
 * documents, counted by day, in ids and codes alone; walled per practice.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table doc add column checked_at timestamptz not null default now(), add column broken_at timestamptz`.execute(
    db,
  );
  await sql`create index doc_to_check on doc (practice_id, checked_at)`.execute(db);
  await sql`create table doc_refusal (
    practice_id uuid not null references practice,
    day date not null,
    member_id uuid not null,
    document text not null,
    code text not null,
    session text not null,
    count bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (practice_id, day, member_id, document, code))`.execute(db);
  await sql`alter table doc_refusal enable row level security`.execute(db);
  await sql`create policy by_practice on doc_refusal
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on doc_refusal to interlude_app`.execute(db);
}
