// Plans what the practice says by its rules: from what has happened since a rule was turned on, as the rows have it, one message for
// each rule and event, by an id that follows from both. So it can be asked at any moment, however often, by any node. What a person
// has cancelled stays so; what has lost its ground (an answer came, the rule was turned off) is cancelled here.

import { sql } from 'kysely';
import { must } from '../../../src/base/must.ts';
import { namedId } from '../../../src/base/named-id.ts';
import { AUTOMATION, kindOf } from '../../../src/features/automation/schema.ts';
import type { Automation } from '../../../src/features/automation/schema.ts';
import { dayIn, goesAt, openTimes } from '../../../src/features/automation/schema-when.ts';
import { conversationIdOf, HAND_OVER } from '../../../src/features/chat/schema.ts';
import { newestOf } from '../../../src/features/office-hours/schema-due.ts';
import type { Hours } from '../../../src/features/office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../../../src/features/office-hours/schema.ts';
import type { Practice } from '../../../src/features/practice/schema.ts';
import { SCHEDULED, spaceOfScheduled } from '../../../src/features/scheduled-message/schema.ts';
import type { Scheduled, Trigger } from '../../../src/features/scheduled-message/schema.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { inPracticeSnapshot } from '../../store/database.ts';
import type { PracticeTx } from '../../store/database.ts';
import { isActive, isProvider } from '../automatic/causes.ts';
import { practiceAt, rowsOf } from '../clock/parts.ts';
import type { ClockParts, Wanted } from '../clock/parts.ts';
import { readOwed } from '../clock/queue-ages.ts';
import { writeWanted } from '../clock/write.ts';

const PLACE = 'careTeamMember';
const ATTEMPTS = 8;

/** Brings what is planned by rules to where rows and clock have it. */
export async function planByRules(parts: ClockParts, practiceId: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const read = await inPracticeSnapshot(parts.database, practiceId, (tx) => readGround(parts, { tx, practiceId }));
    if (read === null) return;
    const days = daysTaken(read);
    const wanted = [...kept(read, { practiceId, days }), ...begun(read, { practiceId, days })];
    if ((await writeWanted(parts, practice, { wanted, ground: read.rules })) !== 'stale') return;
  }
}

type Rule = Row<Automation>;
type Planned = Row<Scheduled>;

/** Something that a rule follows. */
interface Happened {
  readonly trigger: Trigger;
  readonly id: string;
  readonly client: string;
  readonly at: string;
}

/** How a client stands to what is said by itself. */
interface Standing {
  /** Her primary provider, where he is one of the practice's now, and since when he is hers. */
  readonly primary: string | undefined;
  readonly since: string;
  /** It goes to her now. */
  readonly isActive: boolean;
  /** She is no client yet: what her coming causes is for when she is one. */
  readonly isToCome: boolean;
}

interface Ground {
  readonly rules: readonly Rule[];
  readonly happened: readonly Happened[];
  /** All that was ever planned by a rule. */
  readonly planned: readonly Planned[];
  readonly clients: ReadonlyMap<string, Standing>;
  readonly now: number;
  readonly open: ReturnType<typeof openTimes>;
}

/** Null where there has never been a rule: most practices, at most times. */
async function readGround(parts: ClockParts, at: { tx: PracticeTx; practiceId: string }): Promise<Ground | null> {
  const rules = (await rowsOf(parts, at, { type: AUTOMATION })) as Rule[];
  if (rules.length === 0) return null;
  const planned = await rowsOf(parts, at, { type: SCHEDULED, where: sql`r.fields ? 'automation'` });
  const on = rules.filter(({ fields }) => fields.isOn).map(({ fields }) => fields);
  const happened = on.length === 0 ? [] : await happenedSince(parts, at, on);
  const hours = newestOf((await rowsOf(parts, at, { type: OFFICE_HOURS })) as Row<Hours>[])?.fields ?? null;
  const [practice] = (await rowsOf(parts, at, { type: 'practice' })) as Row<Practice>[];
  const open = openTimes(hours, practice?.fields.timezone ?? 'UTC');
  return {
    rules,
    happened,
    planned: planned as Planned[],
    clients: await clientsIn(at),
    now: parts.now().getTime(),
    open,
  };
}

async function happenedSince(
  parts: ClockParts,
  at: { tx: PracticeTx; practiceId: string },
  on: readonly Automation[],
): Promise<Happened[]> {
  const since = must(on.map((rule) => rule.since).sort()[0], 'a rule');
  const isNew = sql`r.received_at >= ${since}::timestamptz`;
  const places = await rowsOf(parts, at, {
    type: PLACE,
    where: sql`${isNew} and r.fields ->> 'primary' = 'true' and not r.fields ? 'onBehalfOf'`,
  });
  const handed = await rowsOf(parts, at, {
    type: HAND_OVER,
    where: sql`${isNew} and r.space like 'chart:%' and r.fields ? 'quotes'`,
  });
  const now = parts.now().toISOString();
  const overdue = (await readOwed(parts, at)).filter(({ due, isDirect }) => !isDirect && due < now);
  const by = (trigger: Trigger) => (row: Row) => ({
    ...{ trigger, id: row.id, client: String(row.fields['client']), at: row.at },
  });
  return [
    ...places.map(by('came-into-care')),
    ...handed.map(by('handed-over')),
    ...overdue.map(({ message, client, due }) => ({
      trigger: 'answer-overdue' as const,
      id: message,
      client,
      at: due,
    })),
  ];
}

async function clientsIn({ tx, practiceId }: { tx: PracticeTx; practiceId: string }) {
  const found = await sql<{ id: string; active: boolean; status: string; primary: string | null; since: Date | null }>`
    select c.id, ${isActive('c')} as active, c.fields ->> 'status' as status, h.member as primary,
      (select max(p.received_at) from row p where p.practice_id = c.practice_id and p.type = ${PLACE}
        and p.fields ->> 'client' = c.id::text and p.fields ->> 'member' = h.member
        and p.fields ->> 'primary' = 'true' and not p.fields ? 'onBehalfOf') as since
    from row c left join lateral (select replace(min(p.subject), 'member:', '') as member from relation p
      where p.practice_id = c.practice_id and p.object = 'client:' || c.id and p.relation = 'primary'
        and ${isProvider(sql`c.practice_id`, sql`p.subject`)}) h on true
    where c.practice_id = ${practiceId} and c.type = 'client' and c.fields is not null`.execute(tx);
  const of = ({ active, status, primary, since }: (typeof found.rows)[number]): Standing => ({
    ...{ isActive: active, isToCome: status === 'prospect' || status === 'invited' },
    ...{ primary: primary ?? undefined, since: since?.toISOString() ?? '' },
  });
  return new Map(found.rows.map((row) => [row.id, of(row)]));
}

const idOf = (rule: Rule, { id }: Happened): string => namedId(`automation ${rule.id} ${id}`);

/** Of a provider's rule: she is his, and he is a provider of the practice. */
function isFor({ clients }: Ground, { fields: { member } }: Rule, client: string): boolean {
  return member === undefined || clients.get(client)?.primary === member;
}

/** The days, as `<client> <day>`, on which something has gone or is to go by a rule. */
type Days = Set<string>;

/** What stands so long after its time was missed, as by a server that stood still: it has no time any more. */
const MISSED_MS = 3_600_000;
const isMissed = ({ now }: Ground, { sendAt }: Scheduled): boolean => Date.parse(sendAt) < now - MISSED_MS;

const NOT_GONE: readonly Scheduled['status'][] = ['cancelled', 'failed'];

function daysTaken(ground: Ground): Days {
  const stand = ground.planned.filter(
    ({ fields }) => !NOT_GONE.includes(fields.status) && !(fields.status === 'planned' && isMissed(ground, fields)),
  );
  return new Set(stand.map(({ fields }) => `${fields.client} ${dayIn(fields.sendAt, ground.open.zone)}`));
}

/** When it goes, on a day of its own. */
function timeFor(
  { now, open }: Ground,
  { days, client, at, delayDays = 0 }: { days: Days; client: string; at: string; delayDays?: number },
): string {
  const sendAt = goesAt(at, { delayDays, now, open, isTaken: (day) => days.has(`${client} ${day}`) });
  days.add(`${client} ${dayIn(sendAt, open.zone)}`);
  return sendAt;
}

interface Planning {
  readonly practiceId: string;
  readonly days: Days;
}

/**
 * What is planned: worded as its rule words it now, or cancelled where it has lost its ground, and there again where that has come back
 * before its time. What has missed its time has the next.
 */
function kept(ground: Ground, { practiceId, days }: Planning): Wanted[] {
  const overdue = new Set(ground.happened.filter(({ trigger }) => trigger === 'answer-overdue').map(({ id }) => id));
  const inOrder = ground.planned.toSorted((a, b) => (a.fields.sendAt < b.fields.sendAt ? -1 : 1));
  return inOrder.flatMap(({ type, id, space, fields }): Wanted[] => {
    const { status, sendAt, client = '', automation } = fields;
    const isDropped = status === 'cancelled' && fields.cancelledBy === practiceId && !fields.reason;
    if (status !== 'planned' && !(isDropped && Date.parse(sendAt) > ground.now)) return [];
    const rule = ground.rules.find((one) => one.id === automation?.rule);
    const isOn = rule !== undefined && rule.fields.isOn && rule.fields.trigger === automation?.trigger;
    const waits = automation?.trigger !== 'answer-overdue' || overdue.has(automation.about);
    if (!isOn || !waits || !isFor(ground, rule, client)) {
      const off: Scheduled = { ...fields, status: 'cancelled', cancelledBy: practiceId };
      return isDropped ? [] : [{ type, id, space, fields: off }];
    }
    const isAnew = isDropped || isMissed(ground, fields);
    const time = isAnew ? timeFor(ground, { days, client, at: sendAt }) : sendAt;
    const next: Scheduled = { ...fields, body: rule.fields.body, sendAt: time };
    return [{ type, id, space, fields: isDropped ? { ...next, status: 'planned', cancelledBy: null } : next }];
  });
}

/** What has happened that no message stands for. Whom nothing is said to as it is found is not told later: it is noted as cancelled. */
function begun(ground: Ground, { practiceId, days }: Planning): Wanted[] {
  const { rules, happened, planned, open } = ground;
  const there = new Set(planned.map(({ id }) => id));
  const wanted: Wanted[] = [];
  for (const rule of rules)
    for (const one of happened) {
      const { trigger, delayDays, body, isOn, member, since } = rule.fields;
      const { client, at } = one;
      const id = idOf(rule, one);
      if (!isOn || trigger !== one.trigger || at < since || there.has(id)) continue;
      const standing = ground.clients.get(client);
      if (standing === undefined || !isFor(ground, rule, client)) continue;
      if (standing.isToCome && trigger === 'came-into-care') continue;
      // What was before she was his client is not told in his name.
      if (member !== undefined && at < standing.since) continue;
      const sendAt = standing.isActive
        ? timeFor(ground, { days, client, at, delayDays })
        : new Date(Math.max(Date.parse(at), ground.now)).toISOString();
      const kind = kindOf(trigger);
      const fields: Scheduled = {
        ...{ author: practiceId, conversation: conversationIdOf(client, kind), kind, client, body, sendAt },
        ...{ zone: open.zone, writtenAt: at, status: 'planned' },
        ...(!standing.isActive && { status: 'cancelled', cancelledBy: practiceId, reason: 'off' }),
        automation: { rule: rule.id, trigger, about: one.id, ...(member !== undefined && { member }) },
      };
      wanted.push({ type: SCHEDULED, id, space: spaceOfScheduled({ kind, client, author: practiceId }), fields });
    }
  return wanted;
}
