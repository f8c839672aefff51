// How far a backup reaches: the version of every practice at one moment, in one life of the database. `backed_up_through` is
// what devices are told; they then let go of their own copies of what they had sent, so it is never said too high.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../database.ts';

export interface BackupPoint {
  readonly epoch: string;
  /** By the id of the practice. */
  readonly versions: Readonly<Record<string, number>>;
}

/** The present point. What is committed later is not in it. */
export async function readPoint(db: Kysely<Tables>): Promise<BackupPoint> {
  const { rows } = await sql<{ epoch: string; id: string | null; version: number }>`
    select m.value as epoch, p.id, p.version from meta m left join practice p on true where m.key = 'epoch'`.execute(
    db,
  );
  const versions = rows.flatMap(({ id, version }) => (id === null ? [] : [[id, Number(version)] as const]));
  return { epoch: rows[0]?.epoch ?? '', versions: Object.fromEntries(versions) };
}

/**
 * Notes that a backup holds everything up to a point; gives how many practices it moved. Never moves one back, and does
 * nothing in another life of the database: its numbers mean other commits.
 */
export async function markBackedUp(db: Kysely<Tables>, { epoch, versions }: BackupPoint): Promise<number> {
  // A database that no server of this version has opened yet cannot tell its devices anything.
  const told = await sql`select from information_schema.columns
    where table_name = 'practice' and column_name = 'backed_up_through'`.execute(db);
  if (told.rows.length === 0) return 0;
  const marked = await sql`
    update practice p set backed_up_through = point.version
    from unnest(${Object.keys(versions)}::uuid[], ${Object.values(versions)}::bigint[]) as point (id, version)
    where p.id = point.id and p.backed_up_through < point.version and point.version <= p.version
      and (select value from meta where key = 'epoch') = ${epoch}`.execute(db);
  return Number(marked.numAffectedRows ?? 0);
}
