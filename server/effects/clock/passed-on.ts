// A direct conversation whose member has left the client's care team, or is no provider any more, waits for nobody: what waits there comes
// to the care team, and the client is told that they answer. Worked out anew from relations, headers and tasks, so that it can be asked at
// any moment, however often, by any node. Of what was said nothing but the id of a message leaves the conversation.

import { sql } from 'kysely';
import { dutyOf, replyTaskId, settledIn, spaceOfDuty, waitingIn } from '../../../src/features/chat/schema-duty.ts';
import type { Head } from '../../../src/features/chat/schema-head.ts';
import { PASSED_ON, passedOnIdOf } from '../../../src/features/chat/schema-passed-on.ts';
import type { PassedOn } from '../../../src/features/chat/schema-passed-on.ts';
import { CONVERSATION, conversationIdOf, HEAD } from '../../../src/features/chat/schema.ts';
import { chartOf, clientKey, directIn } from '../../../src/features/space-names.ts';
import { TASK } from '../../../src/features/task/schema.ts';
import type { Task } from '../../../src/features/task/schema.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { inPracticeSnapshot } from '../../store/database.ts';
import type { PracticeTx } from '../../store/database.ts';
import { practiceAt, rowsOf } from './parts.ts';
import type { ClockParts, Wanted } from './parts.ts';
import { writeWanted } from './write.ts';

const ATTEMPTS = 8;

/** Brings what is passed on to where relations and headers have it. */
export async function settlePassedOn(parts: ClockParts, practiceId: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const now = parts.now().toISOString();
    const read = await inPracticeSnapshot(parts.database, practiceId, (tx) => readGround(parts, { tx, practiceId }));
    const ground = [...read.heads, ...read.tasks, ...read.teams];
    if ((await writeWanted(parts, practice, { wanted: wantedAt(read, now), ground })) !== 'stale') return;
  }
}

interface Ground {
  /** Direct conversations whose member has left. */
  readonly left: readonly Row[];
  /** Clients of these whom a provider still answers. */
  readonly answered: ReadonlySet<string>;
  readonly heads: readonly Row[];
  readonly tasks: readonly Row[];
  readonly written: readonly Row[];
  /** Of the care team's conversation of each client of whom something is written. */
  readonly teams: readonly Row[];
}

async function readGround(parts: ClockParts, at: { tx: PracticeTx; practiceId: string }): Promise<Ground> {
  const related = (object: string, relation: string) => sql`exists (select from relation x
    where x.practice_id = r.practice_id and x.object = ${sql.raw(object)} and x.relation = ${relation}
      and x.subject = 'member:' || (r.fields ->> 'member'))`;
  const client = `'client:' || (r.fields ->> 'client')`;
  // As `isOpenDirect` (spaces.ts) has it.
  const isOpen = sql`${related(client, 'care_team')} and not ${related(client, 'cover')} and ${related(`'practice'`, 'provider')}`;
  const left = await rowsOf(parts, at, {
    type: CONVERSATION,
    where: sql`r.fields ->> 'kind' = 'direct' and not (${isOpen})`,
  });
  const ids = left.map(({ id }) => id);
  const answered = await answeredOf(at, left);
  const heads = await rowsOf(parts, at, { type: HEAD, where: sql`r.id = any(${ids}::uuid[])` });
  const written = await rowsOf(parts, at, { type: PASSED_ON });
  const standing = written.map(({ fields }) => conversationIdOf((fields as PassedOn).client, 'care-team'));
  const teams = await rowsOf(parts, at, { type: HEAD, where: sql`r.id = any(${standing}::uuid[])` });
  const asked = [...heads.flatMap((head) => taskIdOf(head) ?? []), ...written.flatMap((row) => ownTaskOf(row) ?? [])];
  const tasks = await rowsOf(parts, at, { type: TASK, where: sql`r.id = any(${asked}::uuid[])` });
  return { left, answered, heads, tasks, written, teams };
}

/** Who of the clients still has a provider on the care team, be it one who stands in. */
async function answeredOf({ tx, practiceId }: { tx: PracticeTx; practiceId: string }, rows: readonly Row[]) {
  const clients = [...new Set(rows.flatMap(({ space }) => directIn(space)?.client ?? []))];
  const found = await sql<{ object: string }>`select distinct t.object from relation t
    join relation p on p.practice_id = t.practice_id and p.object = 'practice' and p.relation = 'provider' and p.subject = t.subject
    where t.practice_id = ${practiceId} and t.relation = 'care_team' and t.object = any(${clients.map(clientKey)}::text[])`.execute(
    tx,
  );
  const keys = new Set(found.rows.map(({ object }) => object));
  return new Set(clients.filter((client) => keys.has(clientKey(client))));
}

function taskIdOf({ id, fields }: Row): string | undefined {
  const [first] = waitingIn(fields as Head);
  return first && replyTaskId(id, first.message);
}

/** The task about what waits in the direct conversation itself. */
function ownTaskOf({ fields }: Row): string | undefined {
  const { conversation, waiting } = fields as PassedOn;
  return waiting && replyTaskId(conversation, waiting.message);
}

function wantedAt({ left, answered, heads, tasks, written, teams }: Ground, now: string): Wanted[] {
  const headBy = new Map(heads.map((row) => [row.id, row]));
  const taskBy = new Map(tasks.map(({ id, fields }) => [id, fields as Task]));
  const before = new Map(written.map(({ id, fields }) => [id, fields as PassedOn]));
  const wanted = new Map<string, Wanted>();
  for (const { type, id, space } of written) wanted.set(id, { type, id, space, fields: null });
  for (const { id: conversation, space } of left) {
    const between = directIn(space);
    if (between === null) continue;
    const id = passedOnIdOf(conversation);
    const waiting = waitsIn(headBy.get(conversation), taskBy);
    const known = before.get(id);
    const at = known !== undefined && known.waiting?.message === waiting?.message ? known.at : now;
    const fields: PassedOn = {
      ...between,
      conversation,
      at,
      ...(waiting && { waiting }),
      ...nobodyIn(answered, between),
    };
    wanted.set(id, { type: PASSED_ON, id, space: chartOf(between.client), fields });
  }
  const over = written.filter(({ id }) => wanted.get(id)?.fields === null);
  return [...wanted.values(), ...over.flatMap((row) => settledBy(row, { teams, taskBy, now }) ?? [])];
}

/** Who comes back does not find as waiting what the care team has answered meanwhile: of that is kept that it is settled. */
function settledBy(
  row: Row,
  { teams, taskBy, now }: { teams: readonly Row[]; taskBy: ReadonlyMap<string, Task>; now: string },
): Wanted | undefined {
  const { client, at, waiting } = row.fields as PassedOn;
  const id = ownTaskOf(row);
  const team = teams.find((head) => head.id === conversationIdOf(client, 'care-team'));
  const { answeredAt = '' } = (team?.fields ?? {}) as Partial<Head>;
  if (id === undefined || waiting === undefined || answeredAt <= at) return undefined;
  const task = taskBy.get(id);
  if ((settledIn(task) ?? '') >= answeredAt) return undefined;
  const begun = { client, about: waiting.message, reason: 'reply', at: now, zone: 'UTC' } as const;
  const settled = { status: 'completed', through: answeredAt, settledThrough: answeredAt, changedAt: now } as const;
  return { type: TASK, id, space: spaceOfDuty(client, 'direct'), fields: { ...begun, ...task, ...settled } };
}

/** Where no provider is left nobody is told, and she must hear it. */
const nobodyIn = (answered: ReadonlySet<string>, { client }: { client: string }): Pick<PassedOn, 'nobody'> =>
  answered.has(client) ? {} : { nobody: true };

/** What he has settled waits for nobody; what he had only put off does. */
function waitsIn(head: Row | undefined, tasks: ReadonlyMap<string, Task>): PassedOn['waiting'] {
  if (head === undefined) return undefined;
  const duty = dutyOf(waitingIn(head.fields as Head), tasks.get(taskIdOf(head) ?? ''));
  const [message] = duty?.open ?? [];
  if (duty === null || message === undefined) return undefined;
  return { message, since: duty.since, ...(duty.isRisk && { risk: true }) };
}
