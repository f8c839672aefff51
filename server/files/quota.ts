// How much there may be: uploads under way and bytes of a day for each member, bytes for each space. What is under way counts
// as if it had arrived, and for whom it is counted asks one after another.

import { sql } from 'kysely';
import type { PracticeTx } from '../store/database.ts';

export interface FileLimits {
  /** How many uploads of one member may be under way. */
  readonly openUploads: number;
  /** What one member may send in a day. */
  readonly dayBytes: number;
  /** What one space may have in all. */
  readonly spaceBytes: number;
}

const MB = 1024 * 1024;

export const FILE_LIMITS: FileLimits = { openUploads: 200, dayBytes: 512 * MB, spaceBytes: 8192 * MB };

/** What is to come, and for whom. */
export interface Wanted {
  readonly practice: string;
  /** The upload's own id; what it has taken already is not counted against it. */
  readonly id: string;
  readonly by: string;
  readonly file: string;
  readonly space: string;
  readonly bytes: number;
}

/** What speaks against an upload, if anything does. */
export async function overLimit(tx: PracticeTx, limits: FileLimits, wanted: Wanted): Promise<Over | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files ${wanted.practice}`}, 0))`.execute(tx);
  const sums = await sumsBeside(tx, wanted);
  if (Number(sums.open) >= limits.openUploads) return 'too-many';
  const [day, space] = [Number(sums.day) + wanted.bytes, Number(sums.space) + wanted.bytes];
  return day > limits.dayBytes || space > limits.spaceBytes ? 'no-room' : null;
}

export type Over = 'too-many' | 'no-room';

async function sumsBeside(tx: PracticeTx, { practice, id, by, file, space }: Wanted) {
  const found = await sql<{ open: string; day: string; space: string }>`
    with begun as (
      select u.by, u.space, u.bytes from upload u
      where u.practice_id = ${practice} and u.id <> ${id} and (u.by = ${by} or u.space = ${space}) and not exists (
        select from file f where f.practice_id = u.practice_id and f.id = u.file and f.space = u.space)
    ), done as (
      select f.by, f.space, f.bytes, f.created_at from file f
      where f.practice_id = ${practice} and not (f.id = ${file} and f.space = ${space})
        and (f.space = ${space} or (f.by = ${by} and f.created_at > now() - interval '1 day'))
    )
    select
      (select count(*) from begun where by = ${by}) as open,
      (select coalesce(sum(bytes), 0) from begun where by = ${by})
        + (select coalesce(sum(bytes), 0) from done where by = ${by} and created_at > now() - interval '1 day') as day,
      (select coalesce(sum(bytes), 0) from begun where space = ${space})
        + (select coalesce(sum(bytes), 0) from done where space = ${space}) as space`.execute(tx);
  return found.rows[0] ?? { open: 0, day: 0, space: 0 };
}
