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
import { isActive } from '../automatic/causes.ts';
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
    const wanted = [...kept(read, practiceId), ...begun(read, practiceId)];
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

interface Ground {
  readonly rules: readonly Rule[];
  readonly happened: readonly Happened[];
  /** All that was ever planned by a rule. */
  readonly planned: readonly Planned[];
  /** Her primary provider, and whether anything is said to her by itself now. */
  readonly clients: ReadonlyMap<string, { readonly primary: string | undefined; readonly isActive: boolean }>;
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
  return { rules, happened, planned: planned as Planned[], clients: await clientsIn(at), open };
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
  const found = await sql<{ id: string; active: boolean; primary: string | null }>`
    select c.id, ${isActive('c')} as active, (select min(p.subject) from relation p where p.practice_id = c.practice_id
      and p.object = 'client:' || c.id and p.relation = 'primary') as primary
    from row c where c.practice_id = ${practiceId} and c.type = 'client' and c.fields is not null`.execute(tx);
  const of = ({ active, primary }: (typeof found.rows)[number]) => ({
    ...{ isActive: active, primary: primary?.replace(/^member:/, '') },
  });
  return new Map(found.rows.map((row) => [row.id, of(row)]));
}

const idOf = (rule: Rule, { id }: Happened): string => namedId(`automation ${rule.id} ${id}`);

/** Of a provider's rule: she is his. */
function isFor({ clients }: Ground, { fields: { member } }: Rule, client: string): boolean {
  return member === undefined || clients.get(client)?.primary === member;
}

/** What is planned: worded as its rule words it now, or cancelled where it has lost its ground. */
function kept(ground: Ground, practiceId: string): Wanted[] {
  const overdue = new Set(ground.happened.filter(({ trigger }) => trigger === 'answer-overdue').map(({ id }) => id));
  return ground.planned.flatMap((row): Wanted[] => {
    const { type, id, space, fields } = row;
    if (fields.status !== 'planned') return [];
    const rule = ground.rules.find((one) => one.id === fields.automation?.rule);
    const isOn = rule !== undefined && rule.fields.isOn && rule.fields.trigger === fields.automation?.trigger;
    const waits = fields.automation?.trigger !== 'answer-overdue' || overdue.has(fields.automation.about);
    const holds = isOn && waits && isFor(ground, rule, fields.client ?? '');
    if (!holds) return [{ type, id, space, fields: { ...fields, status: 'cancelled', cancelledBy: practiceId } }];
    return fields.body === rule.fields.body ? [] : [{ type, id, space, fields: { ...fields, body: rule.fields.body } }];
  });
}

/** What has happened that no message stands for. */
function begun(ground: Ground, practiceId: string): Wanted[] {
  const { rules, happened, planned, open } = ground;
  const there = new Set(planned.map(({ id }) => id));
  const taken = new Set(
    planned
      .filter(({ fields }) => fields.status !== 'cancelled' && fields.status !== 'failed')
      .map(({ fields }) => `${fields.client} ${dayIn(fields.sendAt, open.zone)}`),
  );
  const wanted: Wanted[] = [];
  for (const rule of rules)
    for (const one of happened) {
      const { trigger, delayDays, body, isOn, member, since } = rule.fields;
      const { client, at } = one;
      const id = idOf(rule, one);
      if (!isOn || trigger !== one.trigger || at < since || there.has(id)) continue;
      // Whom nothing is said to now was not there for it: she is not told later.
      if (ground.clients.get(client)?.isActive !== true || !isFor(ground, rule, client)) continue;
      const sendAt = goesAt(at, { delayDays, open, isTaken: (day) => taken.has(`${client} ${day}`) });
      taken.add(`${client} ${dayIn(sendAt, open.zone)}`);
      const kind = kindOf(trigger);
      const fields: Scheduled = {
        ...{ author: practiceId, conversation: conversationIdOf(client, kind), kind, client, body, sendAt },
        ...{ zone: open.zone, writtenAt: at, status: 'planned' },
        automation: { rule: rule.id, trigger, about: one.id, ...(member !== undefined && { member }) },
      };
      wanted.push({ type: SCHEDULED, id, space: spaceOfScheduled({ kind, client, author: practiceId }), fields });
    }
  return wanted;
}
