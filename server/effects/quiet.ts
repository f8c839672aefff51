// Who is left in peace: nothing goes by itself to a client who has died, or whom the staff do not want to be reached for now. Asked
// again where something waits already.

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { memberKey } from '../../src/features/space-names.ts';

/** Whether a member is such a client, as an expression in the practice's transaction. */
export function isQuiet(practiceId: string, member: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from relation own
    join relation quiet on quiet.practice_id = own.practice_id and quiet.object = own.object and quiet.relation = 'quiet'
    where own.practice_id = ${practiceId} and own.subject = ${memberKey(member)} and own.relation = 'self')`;
}
