// Says what was planned for now, each once. It is taken up first, in a commit of its own: from there on nobody changes it, and its
// part of the conversation is bound. Then it is said through the hand with its author's own rights, and then noted as gone. Killed
// at whatever moment, and by two nodes at once, it stands there once; what may not be said any more is noted as that, its words kept.

import { sql } from 'kysely';
import { namedId } from '../../../src/base/named-id.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { AUTOMATION } from '../../../src/features/automation/schema.ts';
import { CHAT, MESSAGES } from '../../../src/features/chat/doc-names.ts';
import { CONVERSATION, HEAD, isStanding } from '../../../src/features/chat/schema.ts';
import type { Conversation } from '../../../src/features/chat/schema.ts';
import { SCHEDULED } from '../../../src/features/scheduled-message/schema.ts';
import type { Failure, Scheduled } from '../../../src/features/scheduled-message/schema.ts';
import { memberKey, userOf } from '../../../src/features/space-names.ts';
import { isChatOff, isStaff } from '../../../src/features/spaces.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { rowKey } from '../../../src/sync/core/tx.ts';
import type { Viewer } from '../../accept/viewer.ts';
import { HandRefused } from '../../relay/hand.ts';
import type { HandEntry } from '../../relay/hand.ts';
import { inPractice } from '../../store/database.ts';
import type { Database } from '../../store/database.ts';
import type { PracticeState } from '../../store/store.ts';
import { isActive, isProvider } from '../automatic/causes.ts';
import { beginConversations } from '../automatic/own-rows.ts';
import { practiceAuthor } from '../automatic/parts.ts';
import { practiceAt, rowsOf } from '../clock/parts.ts';
import type { Wanted } from '../clock/parts.ts';
import { writeWanted } from '../clock/write.ts';
import type { ScheduledParts } from './parts.ts';

type Planned = Row<Scheduled>;

/** In one pass, in the order of their times. */
const AT_ONCE = 50;
const ATTEMPTS = 8;

const isWaiting = sql`r.fields ->> 'status' in ('planned', 'running')`;

/** Says what is due; gives when the next one is (null: none is planned). */
export async function sayScheduled(parts: ScheduledParts, practiceId: string): Promise<Date | null> {
  for (let after: Planned | null | undefined = null; after !== undefined;) {
    const due: readonly Planned[] = await takeUp(parts, practiceId, after);
    // In their order: two may go into one conversation. What meets weather waits for the sweep, and holds up nothing behind it.
    for (const one of due) await sayAndNote(parts, practiceId, one);
    after = due.length === AT_ONCE ? due.at(-1) : undefined;
  }
  return inPractice(parts.database, practiceId, async (tx) => {
    const found = await sql<{ at: string | null }>`select min(r.fields ->> 'sendAt') as at from row r
      where r.practice_id = ${practiceId} and r.type = ${SCHEDULED} and r.fields ->> 'status' = 'planned'`.execute(tx);
    const at = found.rows[0]?.at ?? null;
    return at === null ? null : new Date(at);
  });
}

/** Practices in which a message is to go within `soonMs`, or was taken up and not noted as gone. */
export async function practicesWithScheduled({ db }: Database, now: Date, soonMs: number): Promise<string[]> {
  const soon = new Date(now.getTime() + soonMs).toISOString();
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (select from row r where r.practice_id = p.id and r.type = ${SCHEDULED}
      and ${isWaiting} and r.fields ->> 'sendAt' <= ${soon})`.execute(db);
  return rows.map(({ id }) => id);
}

/** What is due, each with its part of the conversation bound and taken from who might change it. */
async function takeUp(parts: ScheduledParts, practiceId: string, after: Planned | null): Promise<Planned[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const due = await dueIn(parts, practiceId, after);
    const fresh = due.filter(({ fields }) => fields.status === 'planned');
    if (fresh.length === 0) return due;
    const segments = await segmentsOf(parts, practiceId, fresh);
    const wanted = fresh.map((row, i) => wantedOf(row, { status: 'running', segment: segments[i] ?? 1 }));
    await writeWanted(parts, practice, { wanted, ground: fresh });
    // Whatever became of it, by whomever: what stands there now is what is to be said.
  }
  return (await dueIn(parts, practiceId, after)).filter(({ fields }) => fields.status === 'running');
}

async function dueIn(parts: ScheduledParts, practiceId: string, after: Planned | null): Promise<Planned[]> {
  const passed = after && sql`and (r.fields ->> 'sendAt', r.id) > (${after.fields.sendAt}, ${after.id}::uuid)`;
  const where = sql`${isWaiting} and r.fields ->> 'sendAt' <= ${parts.now().toISOString()} ${passed ?? sql``}
    order by r.fields ->> 'sendAt', r.id limit ${AT_ONCE}`;
  return inPractice(parts.database, practiceId, (tx) =>
    rowsOf(parts, { tx, practiceId }, { type: SCHEDULED, where }),
  ) as Promise<Planned[]>;
}

async function segmentsOf({ store }: ScheduledParts, practiceId: string, rows: readonly Planned[]): Promise<number[]> {
  const refs = rows.map(({ fields }) => ({ type: HEAD, id: fields.conversation }));
  const key = { memberId: practiceId, device: practiceId };
  const heads = (await store.readBatch(practiceId, { key, refs, ns: [] })).rows;
  return refs.map((ref) => {
    const head = heads.get(rowKey(ref));
    return head && !isTombstone(head) ? Number(head.fields['segment']) : 1;
  });
}

/** Says it and notes that it is over, or notes that it never will be; with weather it stays as it is. */
async function sayAndNote(parts: ScheduledParts, practiceId: string, row: Planned): Promise<void> {
  const practice = await practiceAt(parts, practiceId);
  const { author, automation } = row.fields;
  const viewer = automation ? null : await authorOf(parts, practice, author);
  const outcome = automation ? await sayByRule(parts, practice, row) : await say(parts, practice, { row, viewer });
  if (outcome === 'again') return;
  const ended = outcome === 'gone' ? { status: 'done' as const, body: '' } : failedBy(outcome);
  const wanted = [wantedOf(row, ended)];
  // Who does not read that place any more has his words back where he does.
  if (outcome !== 'gone' && viewer !== null && !viewer.spaces.some(({ space }) => space === row.space)) {
    const own = { ...row, id: namedId(`scheduled ${row.id} back`), space: userOf(author) };
    wanted.push(wantedOf(own, ended));
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = await practiceAt(parts, practiceId);
    if ((await writeWanted(parts, now, { wanted, ground: [row] })) !== 'stale') return;
    if (!(await isStillRunning(parts, practiceId, row))) return;
  }
}

const failedBy = (reason: Failure) => ({ status: 'failed' as const, reason });

/** Another node may have noted it meanwhile. */
async function isStillRunning({ store }: ScheduledParts, practiceId: string, row: Planned): Promise<boolean> {
  const key = { memberId: practiceId, device: practiceId };
  const found = (await store.readBatch(practiceId, { key, refs: [row], ns: [] })).rows.get(rowKey(row));
  return found !== undefined && found !== null && found.version === row.version;
}

/** The author as a member of today; null where he is none, or not of the staff. */
async function authorOf(
  { database, viewers }: ScheduledParts,
  practice: PracticeState,
  author: string,
): Promise<Viewer | null> {
  const user = await userOfMember({ database }, practice.id, author);
  const viewer = user === undefined ? null : await viewers.find(user, practice.slug);
  return viewer !== null && viewer.principal.memberId === author && isStaff(viewer.principal) ? viewer : null;
}

async function userOfMember(
  { database }: Pick<ScheduledParts, 'database'>,
  practiceId: string,
  member: string,
): Promise<string | undefined> {
  const found = await inPractice(database, practiceId, (tx) =>
    sql<{ subject: string }>`select subject from relation where practice_id = ${practiceId}
      and object = ${memberKey(member)} and relation = 'user'`.execute(tx),
  );
  return found.rows[0]?.subject.replace(/^user:/, '');
}

type Outcome = 'gone' | 'again' | Failure;

async function say(
  parts: ScheduledParts,
  practice: PracticeState,
  { row, viewer }: { row: Planned; viewer: Viewer | null },
): Promise<Outcome> {
  // Without a member there is no name under which to say it, or to look for it.
  if (viewer === null) return 'left';
  const entry = entryOf(row, viewer);
  // Said before that, and not noted.
  if (await isToArchived(parts, practice, row)) return (await parts.hand.stands(practice, entry)) ? 'gone' : 'archived';
  return append(parts, practice, {
    row,
    entry,
    whyNot: () => whyNot(parts, practice, { row, viewer }),
  });
}

/** Whether the client whom it goes to is in nobody's care any more. What the staff say among themselves about one goes. */
async function isToArchived(
  { database }: ScheduledParts,
  practice: PracticeState,
  { fields }: Planned,
): Promise<boolean> {
  const { client, kind } = fields;
  if (client === undefined || !(isStanding(kind) || kind === 'direct')) return false;
  const found = await inPractice(database, practice.id, (tx) =>
    sql`select from row where practice_id = ${practice.id} and type = 'client' and id = ${client}
      and fields ->> 'status' = 'archived'`.execute(tx),
  );
  return found.rows.length > 0;
}

/** What the practice says itself is signed as that, and goes to who is an active client with whom anything is written, by a rule that is on. */
async function sayByRule(parts: ScheduledParts, practice: PracticeState, row: Planned): Promise<Outcome> {
  const { automation, client, conversation, body, sendAt, segment = 1 } = row.fields;
  const onBehalfOf = automation?.member && (await userOfMember(parts, practice.id, automation.member));
  const author = practiceAuthor(practice);
  const said = { id: row.id, by: author.userId, at: sendAt, body, automatic: true, cause: 'rule' };
  const entry: HandEntry = {
    document: { kind: CHAT, id: conversation, segment },
    root: MESSAGES,
    value: { ...said, ...(onBehalfOf && { onBehalfOf }) },
    author,
  };
  const isOfProvider =
    automation?.member === undefined ? sql`true` : isProvider(sql`c.practice_id`, sql`${memberKey(automation.member)}`);
  const found = await inPractice(parts.database, practice.id, (tx) =>
    sql`select from row c where c.practice_id = ${practice.id} and c.id = ${client} and ${isActive('c')}
      and exists (select from row a where a.practice_id = ${practice.id} and a.type = ${AUTOMATION}
        and a.id = ${automation?.rule} and a.fields ->> 'isOn' = 'true')
      and ${isOfProvider}`.execute(tx),
  );
  // Taken up before it was turned off, it may have been said.
  if (found.rows.length === 0) return (await parts.hand.stands(practice, entry)) ? 'gone' : 'off';
  return append(parts, practice, { row, entry, whyNot: async () => 'not-allowed' });
}

async function append(
  parts: ScheduledParts,
  practice: PracticeState,
  { row, entry, whyNot: reasonOf }: { row: Planned; entry: HandEntry; whyNot: () => Promise<Failure> },
): Promise<Outcome> {
  const { hand, log } = parts;
  const { client, kind, conversation } = row.fields;
  try {
    if (isStanding(kind) && client !== undefined)
      await beginConversations(parts, practice, [{ id: conversation, client, kind }]);
    const outcome = await hand.append(practice, entry);
    if (outcome === 'kept') return 'gone';
    if (outcome === 'again') return 'again';
    // Closed after it was said and before that was noted.
    return (await hand.stands(practice, entry)) ? 'gone' : 'closed';
  } catch (error) {
    if (error instanceof HandRefused) return reasonOf();
    log.error({ code: 'scheduled-fault', practice: practice.id, reason: kind }, error);
    return 'again';
  }
}

function entryOf({ id, fields }: Planned, viewer: Viewer): HandEntry {
  const { conversation, body, replyTo, sendAt, writtenAt, segment = 1 } = fields;
  const { userId, memberId } = viewer.principal;
  const more: JsonObject = { ...(replyTo !== undefined && { replyTo }), scheduled: writtenAt };
  return {
    document: { kind: CHAT, id: conversation, segment },
    root: MESSAGES,
    value: { id, by: userId, at: sendAt, body: body.trim(), ...more },
    author: { userId, memberId },
    viewer,
  };
}

async function whyNot(
  { store }: ScheduledParts,
  practice: PracticeState,
  { row, viewer }: { row: Planned; viewer: Viewer },
): Promise<Failure> {
  const ref = { type: CONVERSATION, id: row.fields.conversation };
  const key = { memberId: practice.id, device: practice.id };
  const found = (await store.readBatch(practice.id, { key, refs: [ref], ns: [] })).rows.get(rowKey(ref));
  if (!found || isTombstone(found) || !viewer.spaces.some(({ space }) => space === found.space)) return 'not-allowed';
  if (((found.fields as Conversation).closed ?? null) !== null) return 'closed';
  return isChatOff(viewer.principal, viewer.relations, found) ? 'off' : 'not-allowed';
}

const wantedOf = ({ type, id, space, fields }: Planned, change: Partial<Scheduled>): Wanted => ({
  ...{ type, id, space },
  fields: { ...fields, ...change },
});
