import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Practices, rows, relations, ledger and devices, each walled by row-level security per practice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`do $$ begin
    if not exists (select from pg_roles where rolname = 'interlude_app') then create role interlude_app nologin; end if;
    if current_user <> 'interlude_app' and not pg_has_role(current_user, 'interlude_app', 'member') then
      execute format('grant interlude_app to %I', current_user);
    end if;
  end $$`.execute(db);
  await sql`create table meta (key text primary key, value text not null)`.execute(db);
  await sql`insert into meta values ('epoch', gen_random_uuid()::text)`.execute(db);
  await sql`create table practice (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    version bigint not null default 0,
    relations_version bigint not null default 0,
    created_at timestamptz not null default now())`.execute(db);
  await sql`create table sealing_key (
    practice_id uuid not null references practice,
    key_id text not null,
    public_key text not null,
    sealed_private bytea not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    primary key (practice_id, key_id))`.execute(db);
  await sql`create table row (
    practice_id uuid not null references practice,
    type text not null,
    id uuid not null,
    space text not null,
    version bigint not null,
    schema_version int not null,
    by uuid not null,
    device uuid,
    received_at timestamptz not null,
    fields jsonb,
    primary key (practice_id, type, id))`.execute(db);
  await sql`create index row_live on row (practice_id, space, version)`.execute(db);
  await sql`create table relation (
    practice_id uuid not null references practice,
    object text not null,
    relation text not null,
    subject text not null,
    source_type text not null,
    source_id uuid not null,
    primary key (practice_id, object, relation, subject, source_type, source_id))`.execute(db);
  await sql`create index relation_subject on relation (subject, relation)`.execute(db);
  await sql`create index relation_source on relation (practice_id, source_type, source_id)`.execute(db);
  await sql`create table ledger (
    practice_id uuid not null references practice,
    member_id uuid not null,
    device uuid not null,
    n bigint not null,
    mid uuid not null,
    result jsonb not null,
    at timestamptz not null default now(),
    primary key (practice_id, member_id, device, n))`.execute(db);
  await sql`create table device (
    practice_id uuid not null references practice,
    member_id uuid not null,
    id uuid not null,
    cursor bigint not null default 0,
    seen_at timestamptz not null default now(),
    primary key (practice_id, member_id, id))`.execute(db);
  for (const table of ['sealing_key', 'row', 'ledger', 'device']) await wall(db, table);
  await wall(db, 'relation');
  // A person finds his own memberships before any practice is chosen; nothing else crosses the wall, and nothing is written.
  await sql`create policy own_memberships on relation for select
    using (relation = 'user' and subject = 'user:' || current_setting('interlude.user', true))`.execute(db);
  await sql`alter table practice enable row level security`.execute(db);
  await sql`create policy by_practice on practice using (id::text = current_setting('interlude.practice', true))`.execute(
    db,
  );
  await sql`grant select, update on practice to interlude_app`.execute(db);
  await sql`grant select on meta to interlude_app`.execute(db);
}

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.ref(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy by_practice on ${name}
    using (practice_id::text = current_setting('interlude.practice', true))
    with check (practice_id::text = current_setting('interlude.practice', true))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to interlude_app`.execute(db);
}
