import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** How much a member has sent of late and how much a space has are asked before each upload. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index file_by on file (practice_id, by, created_at)`.execute(db);
  await sql`create index file_space on file (practice_id, space)`.execute(db);
  await sql`create index upload_by on upload (practice_id, by)`.execute(db);
  await sql`create index upload_space on upload (practice_id, space)`.execute(db);
}
