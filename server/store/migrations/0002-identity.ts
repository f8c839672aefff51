import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What better-auth keeps, in a schema that the practices' role may not enter; counters of tries; the first run's token. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema identity`.execute(db);
  await sql`create table identity."user" (
    id uuid primary key,
    name text not null,
    email text not null unique check (email = lower(email)),
    email_verified boolean not null,
    image text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now())`.execute(db);
  await sql`create table identity.session (
    id uuid primary key,
    expires_at timestamptz not null,
    token text not null unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null,
    ip_address text,
    user_agent text,
    user_id uuid not null references identity."user" on delete cascade)`.execute(db);
  await sql`create index session_user_id_idx on identity.session (user_id)`.execute(db);
  await sql`create table identity.account (
    id uuid primary key,
    account_id text not null,
    provider_id text not null,
    user_id uuid not null references identity."user" on delete cascade,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null,
    unique (provider_id, account_id))`.execute(db);
  await sql`create index account_user_id_idx on identity.account (user_id)`.execute(db);
  await sql`create table identity.verification (
    id uuid primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now())`.execute(db);
  await sql`create index verification_identifier_idx on identity.verification (identifier)`.execute(db);
  await sql`create table identity.rate_limit (
    key text primary key,
    count int not null,
    since timestamptz not null)`.execute(db);
  await sql`create table identity.setup_token (
    hash bytea primary key,
    expires_at timestamptz not null)`.execute(db);
  await sql`create unique index sealing_key_current on sealing_key (practice_id) where retired_at is null`.execute(db);
}
