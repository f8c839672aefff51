import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Heads of merged fields, when a row changed, how far tombstones and backups reach, and the ledger by `mid`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table row add column heads jsonb, add column changed_at timestamptz`.execute(db);
  await sql`update row set changed_at = received_at`.execute(db);
  await sql`alter table row alter column changed_at set not null`.execute(db);
  await sql`create index row_tombstone on row (practice_id, changed_at) where fields is null`.execute(db);
  await sql`alter table practice
    add column horizon bigint not null default 0,
    add column backed_up_through bigint not null default 0`.execute(db);
  await sql`create index ledger_mid on ledger (practice_id, member_id, mid)`.execute(db);
}
