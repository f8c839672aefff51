// Takes away tombstones that every device has had time to see. The horizon moves in the same transaction: a device below it is
// told to fetch anew, so that nothing deleted can stay on it for ever.

import { sql } from 'kysely';
import { inPractice } from './database.ts';
import type { Database } from './database.ts';

/** A commit holds the practice's lock only for so many rows. */
const AT_ONCE = 200;

/** Every practice there is. */
export async function practiceIds({ db }: Pick<Database, 'db'>): Promise<string[]> {
  const found = await db.selectFrom('practice').select('id').execute();
  return found.map(({ id }) => id);
}

/** Removes what became a tombstone before `olderThan`; returns how many went. */
export async function purgeTombstones(database: Database, practiceId: string, olderThan: Date): Promise<number> {
  let gone = 0;
  for (;;) {
    const some = await purgeSome(database, practiceId, olderThan);
    gone += some;
    if (some < AT_ONCE) return gone;
  }
}

function purgeSome(database: Database, practiceId: string, olderThan: Date): Promise<number> {
  return inPractice(database, practiceId, async (tx) => {
    // Under the lock no pull can read rows of after the purge with the horizon of before: it reads one snapshot.
    await sql`select from practice where id = ${practiceId} for update`.execute(tx);
    const { rows } = await sql<{ version: number }>`
      delete from row where practice_id = ${practiceId} and (type, id) in (
        select type, id from row
        where practice_id = ${practiceId} and fields is null and changed_at < ${olderThan}
        order by changed_at limit ${AT_ONCE})
      returning version`.execute(tx);
    if (rows.length === 0) return 0;
    const highest = Math.max(...rows.map(({ version }) => version));
    await sql`update practice set horizon = greatest(horizon, ${highest}) where id = ${practiceId}`.execute(tx);
    return rows.length;
  });
}
