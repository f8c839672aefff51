import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** How far the rows were looked through for news, who is still to be told, where to, and what was sent; walled per practice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table notice_cursor (
    practice_id uuid primary key references practice,
    through bigint not null)`.execute(db);
  // What came before is not news.
  await sql`insert into notice_cursor select id, version from practice`.execute(db);
  await sql`create table notice (
    practice_id uuid not null references practice,
    member_id uuid not null,
    source uuid not null,
    kind text not null,
    version bigint not null,
    at timestamptz not null,
    push boolean not null,
    mail boolean not null,
    primary key (practice_id, member_id, source, kind))`.execute(db);
  await sql`create table notice_member (
    practice_id uuid not null references practice,
    member_id uuid not null,
    due_at timestamptz,
    pushed_at timestamptz,
    digest_day text,
    primary key (practice_id, member_id))`.execute(db);
  await sql`create index notice_member_due on notice_member (practice_id, due_at) where due_at is not null`.execute(db);
  await sql`create table mail (
    practice_id uuid not null references practice,
    id uuid not null,
    member_id uuid not null,
    day text not null,
    state text not null check (state in ('waiting', 'sent', 'kept', 'refused', 'given-up', 'called-off')),
    subject text not null,
    body text,
    at timestamptz not null,
    done_at timestamptz,
    primary key (practice_id, id),
    unique (practice_id, member_id, day))`.execute(db);
  await sql`create index mail_at on mail (practice_id, at)`.execute(db);
  // A session that has ended takes with it where its device was told.
  await sql`create table push_subscription (
    practice_id uuid not null references practice,
    id uuid not null,
    member_id uuid not null,
    session_id uuid not null references identity.session on delete cascade,
    endpoint text not null,
    p256dh text not null,
    auth text not null,
    at timestamptz not null,
    primary key (practice_id, id),
    unique (practice_id, member_id, endpoint))`.execute(db);
  await sql`create index push_subscription_member on push_subscription (practice_id, member_id)`.execute(db);
  await sql`create index push_subscription_session on push_subscription (session_id)`.execute(db);
  await sql`create table push_message (
    practice_id uuid not null,
    id uuid not null,
    subscription uuid not null,
    is_urgent boolean not null,
    at timestamptz not null,
    primary key (practice_id, id),
    foreign key (practice_id, subscription) references push_subscription on delete cascade)`.execute(db);
  await sql`create index push_message_subscription on push_message (practice_id, subscription)`.execute(db);
  // What is new is found by its number, in whatever space.
  await sql`create index row_version on row (practice_id, version)`.execute(db);
  for (const table of TABLES) await wall(db, table);
}

const TABLES = ['notice_cursor', 'notice', 'notice_member', 'mail', 'push_subscription', 'push_message'];

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
