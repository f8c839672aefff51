// A practice comes into being whole: its own row, its sealing key, its first two records and what they grant, all in one
// transaction. The only place that writes rows without a mutator, because before it there is nobody who could act.

import { sql } from 'kysely';
import { newId } from '../../src/base/ids.ts';
import { memberRecord } from '../../src/features/member/schema.ts';
import type { Member } from '../../src/features/member/schema.ts';
import { practiceRecord } from '../../src/features/practice/schema.ts';
import type { Practice } from '../../src/features/practice/schema.ts';
import { PUBLIC } from '../../src/features/space-names.ts';
import type { RecordType } from '../../src/sync/core/record.ts';
import type { Database, PracticeTx } from '../store/database.ts';
import { createSealingKey } from './practice-keys.ts';

export interface NewPractice {
  readonly id?: string;
  readonly slug: string;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly crisis?: Practice['crisis'];
  readonly owner: {
    readonly userId: string;
    readonly memberId?: string;
    readonly name: string;
    readonly roles?: Member['roles'];
  };
}

export interface CreatedPractice {
  readonly practiceId: string;
  readonly slug: string;
  readonly memberId: string;
}

const FIRST_VERSION = 1;

/** Creates a practice in a transaction of its own. Throws where id or slug is taken, or a field does not fit. */
export function createPractice(
  { database, secret }: { database: Database; secret: Uint8Array },
  practice: NewPractice,
): Promise<CreatedPractice> {
  return database.db.transaction().execute((tx) => insertPractice(tx, secret, practice));
}

/** The same in the caller's transaction, which is inside the new practice's wall from then on. */
export async function insertPractice(
  tx: PracticeTx,
  secret: Uint8Array,
  practice: NewPractice,
): Promise<CreatedPractice> {
  const practiceId = practice.id ?? newId();
  const memberId = practice.owner.memberId ?? newId();
  await sql`insert into practice (id, slug) values (${practiceId}, ${practice.slug})`.execute(tx);
  await sql`select set_config('interlude.practice', ${practiceId}, true)`.execute(tx);
  await sql`set local role interlude_app`.execute(tx);
  await createSealingKey(tx, practiceId, secret);
  for (const record of firstRecords(practice, { practiceId, memberId })) {
    await insertRecord(tx, record, { practiceId, memberId });
  }
  await tx
    .updateTable('practice')
    .set({ version: FIRST_VERSION, relations_version: 1 })
    .where('id', '=', practiceId)
    .execute();
  return { practiceId, slug: practice.slug, memberId };
}

interface Ids {
  readonly practiceId: string;
  readonly memberId: string;
}

interface FirstRecord {
  readonly type: RecordType;
  readonly id: string;
  readonly fields: Practice | Member;
}

function firstRecords({ name, timezone, currency, crisis, owner }: NewPractice, ids: Ids): FirstRecord[] {
  return [
    {
      type: practiceRecord,
      id: ids.practiceId,
      fields: { name, timezone, currency: currency ?? 'USD', crisis: crisis ?? {} },
    },
    {
      type: memberRecord,
      id: ids.memberId,
      fields: { name: owner.name, userId: owner.userId, roles: owner.roles ?? ['owner', 'admin'] },
    },
  ];
}

async function insertRecord(tx: PracticeTx, { type, id, fields: given }: FirstRecord, ids: Ids): Promise<void> {
  const fields = type.parse(given);
  const now = new Date();
  await tx
    .insertInto('row')
    .values({
      practice_id: ids.practiceId,
      type: type.name,
      id,
      space: PUBLIC,
      version: FIRST_VERSION,
      schema_version: type.schemaVersion,
      by: ids.memberId,
      device: null,
      received_at: now,
      changed_at: now,
      fields: JSON.stringify(fields),
    })
    .execute();
  const tuples = type.relations?.({ id, fields }) ?? [];
  if (tuples.length === 0) return;
  const source = { practice_id: ids.practiceId, source_type: type.name, source_id: id };
  await tx
    .insertInto('relation')
    .values(tuples.map((tuple) => ({ ...tuple, ...source })))
    .execute();
}
