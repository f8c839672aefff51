// How many answers each provider owes, and since when: counted from heads and tasks by the rules by which the inboxes of the staff have
// them, and written where owner and admins alone read. Only the counts leave this file.

import { sql } from 'kysely';
import { dueOf } from '../../../src/features/chat/schema-due.ts';
import { dutyOf, replyTaskId, waitingIn } from '../../../src/features/chat/schema-duty.ts';
import type { HandOver, Head, Waiting } from '../../../src/features/chat/schema-head.ts';
import { asWaiting, PASSED_ON } from '../../../src/features/chat/schema-passed-on.ts';
import type { PassedOn } from '../../../src/features/chat/schema-passed-on.ts';
import { conversationIdOf, HAND_OVER, HEAD } from '../../../src/features/chat/schema.ts';
import type { CareTeamMember } from '../../../src/features/client/schema.ts';
import { newestOf } from '../../../src/features/office-hours/schema-due.ts';
import type { Hours } from '../../../src/features/office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../../../src/features/office-hours/schema.ts';
import { QUEUE_AGE } from '../../../src/features/queue-age/schema.ts';
import type { QueueAge } from '../../../src/features/queue-age/schema.ts';
import { clientOfSpace, directIn, MANAGERS } from '../../../src/features/space-names.ts';
import { TASK } from '../../../src/features/task/schema.ts';
import type { Task } from '../../../src/features/task/schema.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { inPracticeSnapshot } from '../../store/database.ts';
import type { Database, PracticeTx } from '../../store/database.ts';
import { practiceAt, rowsOf } from './parts.ts';
import type { ClockParts, Wanted } from './parts.ts';
import { writeWanted } from './write.ts';

const ATTEMPTS = 8;

/** Brings the counts to where rows and clock have them; gives when the next answer becomes overdue (null: none will). */
export async function settleQueueAges(parts: ClockParts, practiceId: string): Promise<Date | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const read = await inPracticeSnapshot(parts.database, practiceId, (tx) => readGround(parts, { tx, practiceId }));
    const owed = owedIn(read);
    const wanted = wantedOf(owed, { practiceId, ages: read.ages, now: parts.now().toISOString() });
    if ((await writeWanted(parts, practice, { wanted, ground: read.ages })) === 'stale') continue;
    const next = owed.map(({ due }) => Date.parse(due)).filter((due) => due >= parts.now().getTime());
    // What is due at a moment is overdue after it.
    return next.length === 0 ? null : new Date(Math.min(...next) + 1);
  }
  return parts.now();
}

/** Practices in which something that is owed may become overdue. */
export async function practicesThatOwe({ db }: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (select from row r where r.practice_id = p.id and r.type = ${QUEUE_AGE}
      and (r.fields ->> 'owed')::int > (r.fields ->> 'overdue')::int)`.execute(db);
  return rows.map(({ id }) => id);
}

/** All that is owed now. */
export async function readOwed(parts: ClockParts, at: { tx: PracticeTx; practiceId: string }): Promise<Owed[]> {
  return owedIn(await readGround(parts, at));
}

interface Ground {
  readonly heads: readonly Row[];
  readonly handed: readonly Row[];
  readonly passedOn: readonly Row[];
  readonly tasks: ReadonlyMap<string, Task>;
  readonly places: readonly CareTeamMember[];
  readonly hours: Hours | null;
  readonly ages: readonly Row[];
}

interface Conversation {
  readonly id: string;
  readonly client: string;
  /** Of a direct one: with whom. */
  readonly member?: string;
  readonly waiting: readonly Waiting[];
}

async function readGround(parts: ClockParts, at: { tx: PracticeTx; practiceId: string }): Promise<Ground> {
  const inChart = sql`r.space like 'chart:%'`;
  // What waits with who has left is the care team's.
  const inDirect = sql`r.space like 'direct:%' and not exists (select from row p where p.practice_id = r.practice_id
    and p.type = ${PASSED_ON} and p.fields is not null and p.fields ->> 'conversation' = r.id::text)`;
  const heads = await rowsOf(parts, at, {
    type: HEAD,
    where: sql`(${inChart} or ${inDirect}) and jsonb_array_length(coalesce(r.fields -> 'waiting', '[]'::jsonb)) > 0`,
  });
  const handed = await rowsOf(parts, at, {
    type: HAND_OVER,
    where: sql`${inChart} and r.fields ? 'quotes' and not exists (select from row h where h.practice_id = r.practice_id
      and h.type = ${HEAD} and h.space = r.space and (h.fields ->> 'answeredAt')::timestamptz >= r.received_at)`,
  });
  const passedOn = await rowsOf(parts, at, {
    type: PASSED_ON,
    where: sql`r.fields ? 'waiting' and not exists (select from row h where h.practice_id = r.practice_id and h.type = ${HEAD}
      and h.space = r.space and h.fields ->> 'answeredAt' >= r.fields ->> 'at')`,
  });
  const asked = conversationsOf({ heads, handed, passedOn }).map(taskIdOf);
  const tasks = await rowsOf(parts, at, { type: TASK, where: sql`r.id = any(${asked}::uuid[])` });
  const clients = [...new Set([...heads, ...handed, ...passedOn].flatMap(({ space }) => clientOfSpace(space) ?? []))];
  const places = await rowsOf(parts, at, {
    type: 'careTeamMember',
    where: sql`r.fields ->> 'client' = any(${clients})`,
  });
  const hours = newestOf((await rowsOf(parts, at, { type: OFFICE_HOURS })) as Row<Hours>[])?.fields ?? null;
  const ages = await rowsOf(parts, at, { type: QUEUE_AGE });
  return {
    ...{ heads, handed, passedOn, hours, ages },
    tasks: new Map(tasks.map(({ id, fields }) => [id, fields as Task])),
    places: places.map(({ fields }) => fields as CareTeamMember),
  };
}

/** The care teams' and the direct conversations in which something waits. */
function conversationsOf({ heads, handed, passedOn }: Pick<Ground, 'heads' | 'handed' | 'passedOn'>): Conversation[] {
  const direct = heads.flatMap(({ id, space, fields }) => {
    const between = directIn(space);
    return between === null ? [] : [{ id, ...between, waiting: waitingIn(fields as Head) }];
  });
  const ofTeams = heads.filter(({ space }) => directIn(space) === null);
  const headBy = new Map(ofTeams.map(({ space, fields }) => [clientOfSpace(space) ?? '', fields as Head]));
  const handedTo = new Map<string, Waiting[]>();
  for (const { at, space, fields } of handed) {
    const [client, { message, risk }] = [clientOfSpace(space) ?? '', fields as HandOver];
    handedTo.set(client, [...(handedTo.get(client) ?? []), { message, at, ...(risk && { risk }) }]);
  }
  for (const { fields } of passedOn) {
    const one = fields as PassedOn;
    handedTo.set(one.client, [...(handedTo.get(one.client) ?? []), ...asWaiting(one)]);
  }
  const teams = [...new Set([...headBy.keys(), ...handedTo.keys()])].map((client) => ({
    id: conversationIdOf(client, 'care-team'),
    client,
    waiting: waitingIn(headBy.get(client), handedTo.get(client)),
  }));
  return [...teams, ...direct];
}

const taskIdOf = ({ id, waiting }: Conversation): string => replyTaskId(id, waiting[0]?.message ?? '');

/** What the staff owe a client. */
export interface Owed {
  readonly conversation: string;
  readonly client: string;
  /** It is one that a member of the staff has with her alone. */
  readonly isDirect: boolean;
  /** The first message that is not dealt with. */
  readonly message: string;
  /** Who is to answer; undefined where that is nobody in particular. */
  readonly member: string | undefined;
  readonly since: string;
  readonly due: string;
}

function owedIn(ground: Ground): Owed[] {
  return conversationsOf(ground).flatMap((conversation): Owed[] => {
    const duty = dutyOf(conversation.waiting, ground.tasks.get(taskIdOf(conversation)));
    if (duty === null) return [];
    return [
      {
        ...{ conversation: conversation.id, client: conversation.client, isDirect: conversation.member !== undefined },
        message: duty.open[0] ?? duty.message,
        member: conversation.member ?? answererOf(ground.places, conversation.client, duty.assignee),
        since: duty.since,
        due: dueOf(duty.since, ground.hours),
      },
    ];
  });
}

/** Who was given it, is still there and not away, else who stands in for the primary provider, or he himself. */
function answererOf(places: readonly CareTeamMember[], client: string, given?: string): string | undefined {
  const hers = places.filter((one) => one.client === client);
  const isAway = hers.some(({ onBehalfOf }) => given !== undefined && onBehalfOf === given);
  if (given !== undefined && !isAway && hers.some(({ member }) => member === given)) return given;
  const primary = hers.find((one) => one.primary)?.member;
  return hers.find(({ onBehalfOf }) => onBehalfOf !== undefined && onBehalfOf === primary)?.member ?? primary;
}

function wantedOf(
  owed: readonly Owed[],
  { practiceId, ages, now }: { practiceId: string; ages: readonly Row[]; now: string },
): Wanted[] {
  const byMember = new Map<string, Owed[]>(ages.map(({ id }) => [id, []]));
  for (const one of owed) {
    const id = one.member ?? practiceId;
    byMember.set(id, [...(byMember.get(id) ?? []), one]);
  }
  return [...byMember].map(([id, all]) => {
    const since = all.map((one) => one.since).sort()[0];
    const fields: QueueAge = {
      ...(id !== practiceId && { member: id }),
      owed: all.length,
      overdue: all.filter(({ due }) => due < now).length,
      ...(since !== undefined && { oldest: `${since.slice(0, 16)}:00.000Z` }),
    };
    return { type: QUEUE_AGE, id, space: MANAGERS, fields };
  });
}
