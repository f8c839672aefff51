// What a row that was committed gives the practice to say by itself: a welcome, an answer for who is away, a broadcast. All is asked
// of the rows as they are now, and each message has the id of its cause: asked twice, it is one.

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { namedId } from '../../../src/base/named-id.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { AWAY } from '../../../src/features/away/schema.ts';
import type { Away } from '../../../src/features/away/schema.ts';
import { awayAt } from '../../../src/features/away/schema-windows.ts';
import type { Broadcast } from '../../../src/features/broadcast/schema.ts';
import { AUTOMATIC } from '../../../src/features/chat/doc-shape.ts';
import type { Head } from '../../../src/features/chat/schema-head.ts';
import type { Client } from '../../../src/features/client/schema.ts';
import { clientKey, clientOfSpace, memberKey } from '../../../src/features/space-names.ts';
import { WELCOME, WELCOME_DEFAULT, WELCOME_ID } from '../../../src/features/welcome/schema.ts';
import type { Welcome } from '../../../src/features/welcome/schema.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import type { PracticeTx } from '../../store/database.ts';
import type { Saying } from './parts.ts';

interface Ground {
  readonly tx: PracticeTx;
  readonly practiceId: string;
  readonly now: Date;
}

/** A client and her primary provider; null for who is none, or has none. */
interface Care {
  readonly fields: Client;
  readonly primary: string;
  readonly user: string | null;
}

/** Once for each client and primary provider, as soon as she is an active client. */
export async function welcomeOf(ground: Ground, client: string): Promise<Saying[]> {
  const care = await careOf(ground, client);
  if (care === null || care.fields.status !== 'active' || care.fields.contactPaused) return [];
  const { isOn, text } = (await fieldsOf<Welcome>(ground, WELCOME, WELCOME_ID)) ?? WELCOME_DEFAULT;
  if (!isOn) return [];
  const id = namedId(`welcome ${client} ${care.primary}`);
  return [
    {
      id,
      cause: 'welcome',
      source: care.primary,
      client,
      kind: 'care-team',
      body: text,
      onBehalfOf: null,
      at: ground.now,
    },
  ];
}

/**
 * To an active client who has written to her care team while her primary provider is away, once in each window. The conversation is
 * hers alone with her team; nothing but her own words asks for an answer, and none asks for two, however the windows are changed.
 */
export async function awayReplyOf(ground: Ground, { space, fields }: Pick<Row, 'space' | 'fields'>): Promise<Saying[]> {
  const client = space.startsWith('chart:') ? clientOfSpace(space) : null;
  const care = client === null ? null : await careOf(ground, client);
  if (client === null || care === null || care.user === null || care.fields.status !== 'active') return [];
  if (care.fields.contactPaused) return [];
  const wroteAt = unansweredAt(fields as Head, care.fields.userId);
  const setting = wroteAt && (await fieldsOf<Away>(ground, AWAY, care.primary));
  if (!wroteAt || !setting) return [];
  const [then, now] = [awayAt(setting, new Date(wroteAt)), awayAt(setting, ground.now)];
  if (then === null || then.key !== now?.key) return [];
  if (await isAnsweredAlready(ground, { client, primary: care.primary, wroteAt })) return [];
  const id = namedId(`away ${care.primary} ${then.key} ${client}`);
  return [
    {
      id,
      cause: 'away',
      source: care.primary,
      client,
      kind: 'care-team',
      body: then.text,
      onBehalfOf: care.user,
      at: ground.now,
    },
  ];
}

/** Whether he has been away to these words of hers: a window that was moved has another name. */
async function isAnsweredAlready(
  { tx, practiceId }: Ground,
  { client, primary, wroteAt }: { client: string; primary: string; wroteAt: string },
): Promise<boolean> {
  const found = await sql`
    select from automatic_message where practice_id = ${practiceId} and source = ${primary} and cause = 'away'
      and client = ${client} and state <> 'called-off' and at >= ${wroteAt}::timestamptz limit 1`.execute(tx);
  return found.rows.length > 0;
}

/** To each who was chosen and is an active client of the author's: of his care team, or for owner and admins of the practice. */
export async function broadcastTo(
  ground: Ground,
  { id: source, by, fields }: Pick<Row, 'id' | 'by' | 'fields'>,
): Promise<Saying[]> {
  const { body, kind, recipients, sendAt } = fields as Broadcast;
  const { tx, practiceId } = ground;
  const found = await sql<{ id: string }>`
    select c.id from row c where c.practice_id = ${practiceId} and c.id = any(${[...recipients]}::uuid[])
      and ${isActive('c')} and ${mayWriteTo('c', { practiceId, author: sql`${memberKey(by)}`, kind: sql`${kind}` })}`.execute(
    tx,
  );
  const onBehalfOf = await userOf(ground, by);
  if (onBehalfOf === null) return [];
  return found.rows.map(({ id: client }) => ({
    ...{ id: namedId(`broadcast ${source} ${client}`), cause: 'broadcast', source, client, kind, body, onBehalfOf },
    at: new Date(sendAt),
  }));
}

/** Whether a row is that of an active client to whom anything is said now. */
export function isActive(client: string): RawBuilder<unknown> {
  const row = sql.ref(client);
  const isOff = sql`exists (select from relation where practice_id = ${row}.practice_id and relation = 'chat_off'
    and subject = 'practice' and object in ('practice', 'client:' || ${row}.id))`;
  return sql`${row}.type = 'client' and ${row}.fields ->> 'status' = 'active'
    and jsonb_typeof(${row}.fields -> 'contactPaused') is distinct from 'object' and not ${isOff}`;
}

/** Whether a member, as a subject of relations, is a provider of the practice now. */
export function isProvider(practiceId: RawBuilder<unknown>, subject: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from relation o where o.practice_id = ${practiceId} and o.object = 'practice'
    and o.relation = 'provider' and o.subject = ${subject})`;
}

/** Whether the author of a broadcast may write to that client now: as her care team, or for owner and admins as the front desk. */
export function mayWriteTo(
  client: string,
  { practiceId, author, kind }: { practiceId: string; author: RawBuilder<unknown>; kind: RawBuilder<unknown> },
): RawBuilder<unknown> {
  const related = (object: RawBuilder<unknown>, ...relations: string[]) =>
    sql`exists (select from relation where practice_id = ${practiceId} and subject = ${author} and object = ${object}
      and relation = any(${relations}))`;
  const isOfTeam = sql`${related(sql`'practice'`, 'provider')} and ${related(sql`'client:' || ${sql.ref(`${client}.id`)}`, 'care_team')}`;
  return sql`case when ${kind} = 'front-desk' then ${related(sql`'practice'`, 'owner', 'admin')} else ${isOfTeam} end`;
}

/** When the client's newest message came; undefined where somebody of her team has written since. */
function unansweredAt({ last, came = last && { [last.by]: last.cameAt } }: Head, user = ''): string | undefined {
  const wroteAt = came?.[user];
  const isAnswered = Object.entries(came ?? {}).some(([by, at]) => by !== AUTOMATIC && at > (wroteAt ?? ''));
  return isAnswered ? undefined : wroteAt;
}

async function careOf(ground: Ground, client: string): Promise<Care | null> {
  const fields = await fieldsOf<Client>(ground, 'client', client);
  if (fields === null) return null;
  const found = await sql<{ primary: string }>`
    select p.subject as primary from relation p where p.practice_id = ${ground.practiceId}
      and p.object = ${clientKey(client)} and p.relation = 'primary' and exists (select from relation r
        where r.practice_id = ${ground.practiceId} and r.object = 'practice' and r.relation = 'provider' and r.subject = p.subject)
    order by p.subject limit 1`.execute(ground.tx);
  const primary = found.rows[0]?.primary.replace(/^member:/, '');
  return primary === undefined ? null : { fields, primary, user: await userOf(ground, primary) };
}

async function fieldsOf<F extends JsonObject>({ tx, practiceId }: Ground, type: string, id: string): Promise<F | null> {
  const found = await sql<{ fields: F | null }>`
    select fields from row where practice_id = ${practiceId} and type = ${type} and id = ${id}`.execute(tx);
  return found.rows[0]?.fields ?? null;
}

async function userOf({ tx, practiceId }: Ground, member: string): Promise<string | null> {
  const found = await sql<{ subject: string }>`
    select subject from relation where practice_id = ${practiceId} and object = ${memberKey(member)} and relation = 'user'`.execute(
    tx,
  );
  return found.rows[0]?.subject.replace(/^user:/, '') ?? null;
}
