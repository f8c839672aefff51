// What another node has under its lock: it is tried again later, in case that node dies with it.

import { sql } from 'kysely';
import type { PracticeTx } from '../store/database.ts';

export const BUSY = Object.assign(new Error('another node has it'), { code: 'BUSY' });

/** Whether the row is still to be sent, so that whoever could not lock it must come back. */
export async function isBusy(
  tx: PracticeTx,
  table: 'mail' | 'push_message',
  { practice, id }: { practice: string; id: string },
): Promise<boolean> {
  const waits = table === 'mail' ? sql`and state = 'waiting'` : sql``;
  const found =
    await sql`select from ${sql.table(table)} where practice_id = ${practice} and id = ${id} ${waits}`.execute(tx);
  return found.rows.length > 0;
}
