// Carries out, for each person whose time has come, what the plan says. Decision and consequence are one transaction: the notices
// that are told, the letter or push to be sent, and the job that sends it. So each is made once, on whichever node.

import { sql } from 'kysely';
import { newId } from '../../src/base/ids.ts';
import type { NoticeKind, NotificationSettings } from '../../src/features/notification/schema.ts';
import { DIGEST_HOUR, NOTIFICATION, notificationRecord, QUIET } from '../../src/features/notification/schema.ts';
import { memberKey } from '../../src/features/space-names.ts';
import type { SendJob } from '../jobs/jobs.ts';
import { inPractice } from '../store/database.ts';
import type { Database, PracticeTx } from '../store/database.ts';
import type { Shapes } from '../store/store.ts';
import type { Log } from '../log.ts';
import { planFor } from './plan.ts';
import { isQuiet } from './quiet.ts';
import type { Pending, Plan, Standing } from './plan.ts';
import { isWeather } from './weather.ts';

export interface SettleParts {
  readonly database: Database;
  readonly shapes: Shapes;
  /** Of every letter. */
  readonly subjectFor: (language: NotificationSettings['language']) => string;
  readonly sendJob: SendJob;
  readonly log: Log;
  now(): Date;
}

/** A fault is looked at again after so long: another release may mend it. */
const LATER_MS = 60 * 60_000;

interface InPractice {
  readonly practiceId: string;
  readonly member: string;
}

/** Everybody who is due; gives when the next one is, or null. */
export async function settleDue(parts: SettleParts, practiceId: string): Promise<Date | null> {
  const { database, now } = parts;
  const due = await inPractice(database, practiceId, (tx) =>
    sql<{ member_id: string }>`select member_id from notice_member
      where practice_id = ${practiceId} and due_at <= ${now()} order by due_at`.execute(tx),
  );
  for (const { member_id: member } of due.rows) await settleUnlessFault(parts, { practiceId, member });
  const next = await inPractice(database, practiceId, (tx) =>
    sql<{ at: Date | null }>`select min(due_at) as at from notice_member where practice_id = ${practiceId}`.execute(tx),
  );
  return next.rows[0]?.at ?? null;
}

/** What cannot be settled for one keeps nobody else waiting: it is tried again later. What the database throws is weather. */
async function settleUnlessFault(parts: SettleParts, one: InPractice): Promise<void> {
  try {
    await settle(parts, one);
  } catch (error) {
    if (isWeather(error)) throw error;
    parts.log.error({ code: 'notice-fault', practice: one.practiceId }, error);
    const later = new Date(parts.now().getTime() + LATER_MS);
    await inPractice(parts.database, one.practiceId, async (tx) => {
      await sql`update notice_member set due_at = ${later}
        where practice_id = ${one.practiceId} and member_id = ${one.member} and due_at is not null`.execute(tx);
    });
  }
}

async function settle(parts: SettleParts, one: InPractice): Promise<void> {
  const now = parts.now();
  await inPractice(parts.database, one.practiceId, async (tx) => {
    // Whom another node settles is left to it.
    const locked = await sql<{ pushed_at: Date | null; digest_day: string | null }>`
      select pushed_at, digest_day from notice_member
      where practice_id = ${one.practiceId} and member_id = ${one.member} and due_at <= ${now}
      for update skip locked`.execute(tx);
    const [last] = locked.rows;
    if (last === undefined) return;
    const { settings, ...standing } = await standingOf(tx, parts, one);
    const pending = standing.isHere ? await pendingOf(tx, one) : [];
    const plan = planFor(pending, { ...standing, pushedAt: last.pushed_at, digestDay: last.digest_day }, now);
    await keep(tx, one, { plan, now });
    const mail =
      plan.mail &&
      (await writeLetter(tx, one, { day: plan.mail.day, now, subject: parts.subjectFor(settings?.language) }));
    const pushes = plan.push === null ? [] : await writePushes(tx, one, { ...plan.push, now });
    if (mail) await parts.sendJob(tx, { name: 'mail', data: { practice: one.practiceId, id: mail } });
    for (const id of pushes) await parts.sendJob(tx, { name: 'push', data: { practice: one.practiceId, id } });
  });
}

type Known = Omit<Standing, 'pushedAt' | 'digestDay'> & {
  readonly isHere: boolean;
  readonly settings: NotificationSettings | null;
};

async function standingOf(tx: PracticeTx, { shapes }: SettleParts, { practiceId, member }: InPractice): Promise<Known> {
  const found = await sql<{
    fields: NotificationSettings | null;
    shape: number | null;
    zone: string | null;
    seen: number | null;
    here: boolean;
    devices: boolean;
  }>`
    select s.fields, s.schema_version as shape,
      (select fields ->> 'timezone' from row where practice_id = ${practiceId} and type = 'practice' and space = 'public' and fields is not null limit 1) as zone,
      (select max(cursor) from device where practice_id = ${practiceId} and member_id = ${member}) as seen,
      exists (select from relation where practice_id = ${practiceId} and object = ${memberKey(member)} and relation = 'user')
        and exists (select from relation where practice_id = ${practiceId} and object = 'practice' and subject = ${memberKey(member)})
        and not ${isQuiet(practiceId, member)} as here,
      exists (select from push_subscription where practice_id = ${practiceId} and member_id = ${member}) as devices
    from (select 1) as one left join row s on s.practice_id = ${practiceId} and s.type = ${NOTIFICATION} and s.id = ${member} and s.fields is not null`.execute(
    tx,
  );
  const [row] = found.rows;
  const fields = row?.fields && shapes(NOTIFICATION, row.fields, row.shape ?? notificationRecord.schemaVersion);
  const settings = fields ? (notificationRecord.parse(fields) as NotificationSettings) : null;
  return {
    settings,
    isHere: row?.here === true,
    switches: settings?.switches,
    quiet: settings?.quiet ?? QUIET,
    digestHour: settings?.digestHour ?? DIGEST_HOUR,
    zone: settings?.zone ?? row?.zone ?? 'UTC',
    seenThrough: row?.seen ?? 0,
    canPush: row?.devices === true,
  };
}

async function pendingOf(tx: PracticeTx, { practiceId, member }: InPractice): Promise<Pending[]> {
  const found = await sql<Omit<Pending, 'kind'> & { kind: NoticeKind }>`
    select source, kind, version, at, push, mail from notice
    where practice_id = ${practiceId} and member_id = ${member}`.execute(tx);
  return found.rows;
}

async function keep(tx: PracticeTx, { practiceId, member }: InPractice, { plan, now }: { plan: Plan; now: Date }) {
  const { kept, push, mail, nextAt } = plan;
  const lists = sql`unnest(${kept.map((n) => n.source)}::uuid[], ${kept.map((n) => n.kind)}::text[],
    ${kept.map((n) => n.push)}::boolean[], ${kept.map((n) => n.mail)}::boolean[]) as kept (source, kind, push, mail)`;
  await sql`update notice n set push = kept.push, mail = kept.mail from ${lists}
    where n.practice_id = ${practiceId} and n.member_id = ${member} and n.source = kept.source and n.kind = kept.kind`.execute(
    tx,
  );
  await sql`delete from notice n where n.practice_id = ${practiceId} and n.member_id = ${member}
    and not exists (select from ${lists} where kept.source = n.source and kept.kind = n.kind)`.execute(tx);
  await sql`update notice_member set due_at = ${nextAt},
      pushed_at = case when ${push !== null} then ${now}::timestamptz else pushed_at end,
      digest_day = coalesce(${mail?.day ?? null}::text, digest_day)
    where practice_id = ${practiceId} and member_id = ${member}`.execute(tx);
}

/** Null where that day has had its letter, whatever else was said. */
async function writeLetter(
  tx: PracticeTx,
  { practiceId, member }: InPractice,
  { day, now, subject }: { day: string; now: Date; subject: string },
): Promise<string | null> {
  const id = newId();
  const made = await sql`
    insert into mail (practice_id, id, member_id, day, state, subject, at)
    values (${practiceId}, ${id}, ${member}, ${day}, 'waiting', ${subject}, ${now})
    on conflict (practice_id, member_id, day) do nothing`.execute(tx);
  return made.numAffectedRows === 1n ? id : null;
}

async function writePushes(
  tx: PracticeTx,
  { practiceId, member }: InPractice,
  { isUrgent, now }: { isUrgent: boolean; now: Date },
): Promise<string[]> {
  const devices = await sql<{ id: string }>`
    select id from push_subscription where practice_id = ${practiceId} and member_id = ${member}`.execute(tx);
  const ids = devices.rows.map(() => newId());
  await sql`
    insert into push_message (practice_id, id, subscription, is_urgent, at)
    select ${practiceId}, id, subscription, ${isUrgent}, ${now}
    from unnest(${ids}::uuid[], ${devices.rows.map(({ id }) => id)}::uuid[]) as message (id, subscription)`.execute(tx);
  return ids;
}
