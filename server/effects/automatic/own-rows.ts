// Rows that the practice writes by itself: conversations that nobody has begun yet, by the mutator that everybody begins one with,
// and how far a broadcast has come.

import { sql } from 'kysely';
import { newId } from '../../../src/base/ids.ts';
import { namedId } from '../../../src/base/named-id.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { must } from '../../../src/base/must.ts';
import { BROADCAST, PROGRESS } from '../../../src/features/broadcast/schema.ts';
import type { Broadcast, BroadcastProgress } from '../../../src/features/broadcast/schema.ts';
import { CONVERSATION, conversationIdOf, spaceOfKind } from '../../../src/features/chat/schema.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import { rowKey } from '../../../src/sync/core/tx.ts';
import { TupleIndex } from '../../../src/sync/core/tuples.ts';
import { pushRows } from '../../accept/push-rows.ts';
import type { Viewer } from '../../accept/viewer.ts';
import { inPractice } from '../../store/database.ts';
import type { PracticeState } from '../../store/store.ts';
import { practiceAuthor, practiceOf } from './parts.ts';
import type { AutomaticParts, Place } from './parts.ts';

/** What the practice may do by itself, and nothing else. */
const POLICIES = { [CONVERSATION]: { read: () => true, create: () => true } };
const ATTEMPTS = 8;

/** Begins those of the conversations that are not there. */
export async function beginConversations(
  parts: AutomaticParts,
  practice: PracticeState,
  places: readonly Place[],
): Promise<void> {
  const { store, declared, now, log, onRows } = parts;
  const author = practiceAuthor(practice);
  const refs = places.map(({ client, kind }) => ({ type: CONVERSATION, id: conversationIdOf(client, kind) }));
  const { rows } = await store.readBatch(practice.id, { key: { ...author, device: practice.id }, refs, ns: [] });
  const missing = places.filter((_, i) => rows.get(rowKey(must(refs[i], 'a ref'))) === null);
  if (missing.length === 0) return;
  const at = now().toISOString();
  const incoming = missing.map(({ client, kind }, i) => ({
    ...{ n: i + 1, mid: namedId(`begin ${kind} ${client}`), name: 'chat.open', v: 1, base: 0, at },
    args: { by: author.memberId, at, zone: 'UTC', client, kind },
  }));
  const nobody = { relations: new TupleIndex([]), spaces: [], strict: new Set<string>(), digest: '' };
  const refresh = async (): Promise<Viewer | null> => {
    const state = await store.practice(practice.slug);
    return state && { practice: state, principal: { ...author, practiceId: state.id, roles: [] }, ...nobody };
  };
  const onFault = ({ mutator, error }: { mutator: string; error: unknown }) =>
    log.error({ code: 'mutator-failed', mutator }, error);
  const own = { store, declared: { ...declared, policies: POLICIES }, now, onFault };
  await pushRows(own, refresh, { device: newId(), incoming });
  onRows(practice, new Set(missing.map(({ client, kind }) => spaceOfKind(client, kind))));
}

/** Writes how far a broadcast has come, where that is news; its author's devices hear of it. */
export async function tellProgress(parts: AutomaticParts, practiceId: string, broadcast: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if (await tryToTell(parts, practiceId, broadcast)) return;
}

async function tryToTell(parts: AutomaticParts, practiceId: string, broadcast: string): Promise<boolean> {
  const { store, declared, now, onRows } = parts;
  const practice = await practiceOf(parts, practiceId);
  const refs = [BROADCAST, PROGRESS].map((type) => ({ type, id: broadcast }));
  const key = { memberId: practiceId, device: practiceId };
  const { rows } = await store.readBatch(practiceId, { key, refs, ns: [] });
  const [row, before] = refs.map((ref) => rows.get(rowKey(ref)) ?? null);
  if (!row || isTombstone(row) || (before && isTombstone(before))) return true;
  const fields = await progressOf(parts, practiceId, { id: broadcast, fields: row.fields as Broadcast });
  if (before && sameFields(before.fields, fields)) return true;
  const type = must(declared.recordTypes[PROGRESS], 'the record type');
  const ref = { type: PROGRESS, id: broadcast };
  const { schemaVersion } = type;
  const done = await store.commit(practiceId, {
    ledger: null,
    expect: {
      relationsVersion: practice.relationsVersion,
      lastN: 0,
      rows: new Map([[rowKey(ref), { ref, version: before?.version ?? null }]]),
    },
    applied: 1,
    images: [
      {
        ...ref,
        space: row.space,
        by: practiceId,
        schemaVersion,
        fields: type.parse(fields),
        order: 0,
        relations: null,
      },
    ],
    entries: [],
    receivedAt: now(),
  });
  if (done === 'stale') return false;
  onRows(practice, new Set([row.space]));
  return true;
}

async function progressOf(
  { database, now }: AutomaticParts,
  practiceId: string,
  { id, fields }: { id: string; fields: Broadcast },
): Promise<BroadcastProgress> {
  const found = await inPractice(database, practiceId, (tx) =>
    sql<{ total: number; sent: number; waiting: number }>`
      select count(*) as total, count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'waiting') as waiting
      from automatic_message where practice_id = ${practiceId} and source = ${id} and cause = 'broadcast'`.execute(tx),
  );
  const { total, sent, waiting } = must(found.rows[0], 'a count');
  const isOver = waiting === 0 && now().toISOString() >= fields.sendAt;
  const open = sent === 0 && now().toISOString() < fields.sendAt ? 'scheduled' : 'sending';
  const status = fields.cancelledAt !== undefined && sent < total ? 'cancelled' : isOver ? 'sent' : open;
  // Who was left out at first, and whose conversation has been closed since.
  const closed = fields.cancelledAt === undefined ? total - sent - waiting : 0;
  return { status, total: total - closed, sent, leftOut: fields.recipients.length - total + closed };
}

function sameFields(one: JsonObject, other: JsonObject): boolean {
  return Object.entries(other).every(([name, value]) => one[name] === value);
}
