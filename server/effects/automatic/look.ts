// Goes through the rows that were committed since the last look, and notes what the practice is to say by itself. The cursor moves
// in the transaction that writes the messages: each row is looked at once, whatever is killed, on however many nodes.

import { sql } from 'kysely';
import { BROADCAST } from '../../../src/features/broadcast/schema.ts';
import { HEAD } from '../../../src/features/chat/schema.ts';
import { must } from '../../../src/base/must.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { inPractice } from '../../store/database.ts';
import type { Database, PracticeTx } from '../../store/database.ts';
import { STORED_COLUMNS, toStoredRow } from '../../store/stored-row.ts';
import type { StoredColumns } from '../../store/stored-row.ts';
import { isWeather } from '../weather.ts';
import { awayReplyOf, broadcastTo, welcomeOf } from './causes.ts';
import type { AutomaticParts, Saying } from './parts.ts';

/** Versions in one look: a bounded number of rows and one short transaction. */
const VERSIONS = 200;
const TYPES = ['client', 'careTeamMember', HEAD, BROADCAST];

export interface Looked {
  /** There is more to look at. */
  readonly isMore: boolean;
  /** Broadcasts that were confirmed or cancelled. */
  readonly broadcasts: readonly string[];
}

/** Looks at the next piece of what is new. */
export async function lookForCauses(parts: AutomaticParts, practiceId: string): Promise<Looked> {
  return inPractice(parts.database, practiceId, async (tx) => {
    const { version, through } = await standing(tx, practiceId);
    const upTo = Math.min(version, through + VERSIONS);
    if (upTo <= through || !(await moveCursor(tx, { practiceId, through, upTo })))
      return { isMore: false, broadcasts: [] };
    const rows = await sql<StoredColumns>`
      select ${STORED_COLUMNS} from row r where practice_id = ${practiceId} and version > ${through} and version <= ${upTo}
        and type = any(${TYPES}) and fields is not null order by version`.execute(tx);
    const sayings: Saying[] = [];
    const sent: Row[] = [];
    for (const stored of rows.rows) {
      const row = readRow(parts, practiceId, stored);
      if (row === null) continue;
      sayings.push(...(await sayingsOf(parts, { tx, practiceId }, row)));
      if (row.type === BROADCAST) sent.push(row);
    }
    await note(tx, practiceId, sayings);
    await callOff(
      tx,
      practiceId,
      sent.filter(({ fields }) => fields['cancelledAt'] !== undefined),
    );
    for (const { id, fields } of sent)
      await parts.sendJob(tx, {
        name: 'say',
        data: { practice: practiceId, id },
        startAfter: new Date(String(fields['sendAt'])),
      });
    return { isMore: upTo < version, broadcasts: sent.map(({ id }) => id) };
  });
}

/** What is to be done of which nobody has been told: practices to look at, and broadcasts whose time has come. */
export async function automaticWork(
  { db }: Database,
  now: Date,
): Promise<{ practice: string; broadcast: string | null }[]> {
  const { rows } = await sql<{ practice: string; broadcast: string | null }>`
    select p.id as practice, null::uuid as broadcast from practice p left join automatic_cursor c on c.practice_id = p.id
      where p.version > coalesce(c.through, 0)
    union
    select practice_id, case when cause = 'broadcast' then source end from automatic_message
      where state = 'waiting' and at <= ${now}`.execute(db);
  return rows;
}

async function standing(tx: PracticeTx, practiceId: string): Promise<{ version: number; through: number }> {
  const found = await sql<{ version: number; through: number }>`
    select p.version, coalesce(c.through, 0) as through from practice p
    left join automatic_cursor c on c.practice_id = p.id where p.id = ${practiceId}`.execute(tx);
  return must(found.rows[0], 'the practice');
}

/** False where another node was faster: that one notes what there is. */
async function moveCursor(
  tx: PracticeTx,
  { practiceId, through, upTo }: { practiceId: string; through: number; upTo: number },
): Promise<boolean> {
  const moved = await sql`
    insert into automatic_cursor (practice_id, through) values (${practiceId}, ${upTo})
    on conflict (practice_id) do update set through = excluded.through where automatic_cursor.through = ${through}`.execute(
    tx,
  );
  return moved.numAffectedRows === 1n;
}

function readRow({ shapes, log }: AutomaticParts, practice: string, stored: StoredColumns): Row | null {
  try {
    const row = toStoredRow(stored, shapes);
    return isTombstone(row) ? null : row;
  } catch (error) {
    log.error({ code: 'automatic-fault', practice, reason: stored.type }, error);
    return null;
  }
}

/** A row of which nothing can be made keeps no other from its messages. What the database throws is weather. */
async function sayingsOf(
  { now, log }: AutomaticParts,
  at: { tx: PracticeTx; practiceId: string },
  row: Row,
): Promise<Saying[]> {
  const ground = { ...at, now: now() };
  try {
    if (row.type === HEAD) return await awayReplyOf(ground, row);
    if (row.type === BROADCAST) return await broadcastTo(ground, row);
    // Who stands in for a while is nobody's new provider.
    if (row.fields['onBehalfOf'] !== undefined) return [];
    return await welcomeOf(ground, row.type === 'client' ? row.id : String(row.fields['client']));
  } catch (error) {
    if (isWeather(error)) throw error;
    log.error({ code: 'automatic-fault', practice: at.practiceId, reason: row.type }, error);
    return [];
  }
}

async function note(tx: PracticeTx, practiceId: string, sayings: readonly Saying[]): Promise<void> {
  if (sayings.length === 0) return;
  await sql`
    insert into automatic_message (practice_id, id, cause, source, client, kind, body, on_behalf_of, state, at)
    select ${practiceId}, id, cause, source, client, kind, body, on_behalf_of, 'waiting', at
    from unnest(${sayings.map((s) => s.id)}::uuid[], ${sayings.map((s) => s.cause)}::text[], ${sayings.map((s) => s.source)}::uuid[],
      ${sayings.map((s) => s.client)}::uuid[], ${sayings.map((s) => s.kind)}::text[], ${sayings.map((s) => s.body)}::text[],
      ${sayings.map((s) => s.onBehalfOf)}::text[], ${sayings.map((s) => s.at)}::timestamptz[])
      as said (id, cause, source, client, kind, body, on_behalf_of, at)
    on conflict do nothing`.execute(tx);
}

async function callOff(tx: PracticeTx, practiceId: string, cancelled: readonly Row[]): Promise<void> {
  if (cancelled.length === 0) return;
  await sql`update automatic_message set state = 'called-off', body = '', done_at = now()
    where practice_id = ${practiceId} and source = any(${cancelled.map(({ id }) => id)}::uuid[]) and state = 'waiting'`.execute(
    tx,
  );
}
