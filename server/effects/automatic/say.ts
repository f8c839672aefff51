// Says what is waiting, through the hand, some at a time. Each message is first bound to the part of its conversation in which it is
// tried, then appended, then noted as sent: killed at whatever moment and said again, it stands there once. What was cancelled or
// switched off meanwhile is not said.

import { sql } from 'kysely';
import { must } from '../../../src/base/must.ts';
import { CHAT, MESSAGES } from '../../../src/features/chat/doc-names.ts';
import { conversationIdOf, HEAD } from '../../../src/features/chat/schema.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import { rowKey } from '../../../src/sync/core/tx.ts';
import { inPractice } from '../../store/database.ts';
import type { PracticeTx } from '../../store/database.ts';
import type { PracticeState } from '../../store/store.ts';
import { HandRefused } from '../../relay/hand.ts';
import { isActive, mayWriteTo } from './causes.ts';
import { beginConversations } from './own-rows.ts';
import { practiceAuthor, practiceOf } from './parts.ts';
import type { AutomaticParts, Place, Saying } from './parts.ts';

/** In one transaction of the log, where nobody else writes. */
const AT_ONCE = 50;
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

type Waiting = Pick<Saying, 'id' | 'cause' | 'client' | 'kind' | 'body' | 'at'> & {
  readonly on_behalf_of: string | null;
  readonly segment: number;
};

/** Up to where a pass through what is due has come. */
export interface Passed {
  readonly at: string;
  readonly id: string;
}

/**
 * Says the next of what is due: of one broadcast, or of all that is none. Gives from where the pass goes on; null where all was tried
 * once. What cannot be said now, as in a conversation whose log does not hold, waits for another pass and holds up nothing behind it.
 */
export async function saySome(
  parts: AutomaticParts,
  practiceId: string,
  asked: { readonly broadcast: string | null; readonly after: Passed | null },
): Promise<Passed | null> {
  const practice = await practiceOf(parts, practiceId);
  const places = await due(parts, practiceId, asked);
  if (places.length === 0) return null;
  await bind(parts, practice, places);
  await beginConversations(parts, practice, places);
  await sayThese(
    parts,
    practice,
    places.map(({ id }) => id),
  );
  return places.length < AT_ONCE ? null : must(places.at(-1), 'a place');
}

async function sayThese(parts: AutomaticParts, practice: PracticeState, ids: readonly string[]): Promise<void> {
  const practiceId = practice.id;
  await inPractice(parts.database, practiceId, async (tx) => {
    await dropStopped(tx, practiceId, ids);
    // Those that another node is saying are left to it.
    const found = await sql<Waiting>`
      select id, cause, client, kind, body, on_behalf_of, segment, at from automatic_message
      where practice_id = ${practiceId} and id = any(${ids}::uuid[]) and state = 'waiting' order by at, id
      for update skip locked`.execute(tx);
    const outcomes = await Promise.all(found.rows.map((one) => sayOne(parts, practice, one)));
    const ended = found.rows.flatMap(({ id }, i) =>
      outcomes[i] === 'again' ? [] : [{ id, state: must(outcomes[i], 'an outcome') }],
    );
    await sql`update automatic_message m set state = ended.state, body = '', done_at = ${parts.now()}
      from unnest(${ended.map(({ id }) => id)}::uuid[], ${ended.map(({ state }) => state)}::text[]) as ended (id, state)
      where m.practice_id = ${practiceId} and m.id = ended.id`.execute(tx);
  });
}

async function due(
  { database, now }: AutomaticParts,
  practiceId: string,
  { broadcast, after }: { readonly broadcast: string | null; readonly after: Passed | null },
): Promise<(Place & Passed)[]> {
  const { at, id } = after ?? { at: '-infinity', id: FIRST };
  const which = broadcast === null ? sql`cause <> 'broadcast'` : sql`cause = 'broadcast' and source = ${broadcast}`;
  const found = await inPractice(database, practiceId, (tx) =>
    sql<Place & Passed>`
      select id, client, kind, at::text as at from automatic_message
      where practice_id = ${practiceId} and state = 'waiting' and at <= ${now()} and ${which}
        and (automatic_message.at, id) > (${at}::timestamptz, ${id}::uuid)
      order by automatic_message. at, id limit ${AT_ONCE}`.execute(tx),
  );
  return found.rows;
}

/** Binds each to the newest part of its conversation, where it is not bound yet. */
async function bind({ database, store }: AutomaticParts, { id: practiceId }: PracticeState, places: readonly Place[]) {
  const refs = places.map(({ client, kind }) => ({ type: HEAD, id: conversationIdOf(client, kind) }));
  const key = { memberId: practiceId, device: practiceId };
  const { rows } = await store.readBatch(practiceId, { key, refs, ns: [] });
  const segments = refs.map((ref) => {
    const row = rows.get(rowKey(ref));
    return row && !isTombstone(row) ? Number(row.fields['segment']) : 1;
  });
  await inPractice(database, practiceId, (tx) =>
    sql`update automatic_message m set segment = bound.segment
      from unnest(${places.map(({ id }) => id)}::uuid[], ${segments}::int[]) as bound (id, segment)
      where m.practice_id = ${practiceId} and m.id = bound.id and m.segment is null`.execute(tx),
  );
}

/**
 * A broadcast that was cancelled, and an answer for who has switched it off, are not said, however late that came. Nor is anything to
 * who is no active client any more, or a broadcast of who may not write to her any more.
 */
async function dropStopped(tx: PracticeTx, practiceId: string, ids: readonly string[]): Promise<void> {
  const isOfOne = sql`m.practice_id = ${practiceId} and m.id = any(${[...ids]}::uuid[]) and m.state = 'waiting'`;
  const author = sql`'member:' || b.by`;
  await sql`update automatic_message m set state = 'called-off', body = '', done_at = now() where ${isOfOne}
    and not exists (select from row c where c.practice_id = ${practiceId} and c.id = m.client and ${isActive('c')}
      and (m.cause <> 'broadcast' or exists (select from row b where b.practice_id = ${practiceId} and b.type = m.cause
        and b.id = m.source and ${mayWriteTo('c', { practiceId, author, kind: sql`m.kind` })})))`.execute(tx);
  await sql`update automatic_message m set state = 'called-off', body = '', done_at = now()
    from row r where ${isOfOne} and r.practice_id = ${practiceId} and r.id = m.source and r.type = m.cause
      and (r.type = 'broadcast' and r.fields ? 'cancelledAt' or r.type = 'away' and r.fields ->> 'isOn' = 'false')`.execute(
    tx,
  );
}

async function sayOne(
  { hand, log }: AutomaticParts,
  practice: PracticeState,
  { id, cause, client, kind, body, at, segment, on_behalf_of: onBehalfOf }: Waiting,
): Promise<'sent' | 'called-off' | 'again'> {
  const author = practiceAuthor(practice);
  const value = {
    id,
    by: author.userId,
    at: at.toISOString(),
    body,
    automatic: true,
    cause,
    ...(onBehalfOf && { onBehalfOf }),
  };
  try {
    const document = { kind: CHAT, id: conversationIdOf(client, kind), segment };
    const outcome = await hand.append(practice, { document, root: MESSAGES, value, author });
    return outcome === 'kept' ? 'sent' : outcome === 'again' ? 'again' : 'called-off';
  } catch (error) {
    // Weather too: it may be of this conversation alone, and where it is not, noting what was said meets it.
    log.error({ code: 'automatic-fault', practice: practice.id, reason: kind }, error);
    // Only what is refused would be no better the next time; a relay that is closing, or a log that is to be mended, would be.
    return error instanceof HandRefused ? 'called-off' : 'again';
  }
}
