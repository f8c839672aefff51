// What is to go later, and what did not go, read from the device's own rows.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { conversationIdOf, STANDING_KINDS } from '../chat/schema.ts';
import { newestOf } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../office-hours/schema.ts';
import type { Member } from '../member/schema.ts';
import { SCHEDULED } from './schema.ts';
import type { Scheduled } from './schema.ts';

export interface ScheduledView extends Scheduled {
  readonly id: string;
  readonly authorName: string | undefined;
  readonly isOwn: boolean;
  /** `false` while only this device knows of it. */
  readonly sent: boolean;
}

/** Of one conversation what has not gone and was not cancelled, what goes first before. */
export async function scheduledIn(reader: Reader, conversation: string): Promise<ScheduledView[]> {
  return viewsOf(reader, (await reader.byRef(SCHEDULED, [conversation])) as Row<Scheduled>[]);
}

/** The same of the two conversations of a client that stand. */
export async function scheduledFor(reader: Reader, client: string): Promise<ScheduledView[]> {
  const ids = STANDING_KINDS.map((kind) => conversationIdOf(client, kind));
  return viewsOf(reader, (await reader.byRef(SCHEDULED, ids)) as Row<Scheduled>[]);
}

/** The same of all that the reader has written. */
export async function ownScheduled(reader: Reader): Promise<ScheduledView[]> {
  const rows = (await reader.all(SCHEDULED)) as Row<Scheduled>[];
  return viewsOf(
    reader,
    rows.filter(({ fields }) => fields.author === reader.memberId),
  );
}

/** How many of the reader's did not go, and wait for what he does about them. */
export async function ownFailed(reader: Reader): Promise<number> {
  return (await ownScheduled(reader)).filter(({ status }) => status === 'failed').length;
}

/** When the practice is open; null where it has not said so. */
export async function openHours(reader: Reader): Promise<Hours | null> {
  return newestOf((await reader.all(OFFICE_HOURS)) as Row<Hours>[])?.fields ?? null;
}

async function viewsOf(reader: Reader, rows: readonly Row<Scheduled>[]): Promise<ScheduledView[]> {
  const listed = rows.filter(({ fields: { status } }) => status !== 'done' && status !== 'cancelled');
  const authors = [...new Set(listed.map(({ fields }) => fields.author))];
  const members = (await reader.many('member', authors)) as Row<Member>[];
  const names = new Map(members.map(({ id, fields }) => [id, fields.name]));
  return listed
    .map(({ id, version, fields }) => ({
      ...fields,
      ...{ id, sent: version > 0, authorName: names.get(fields.author), isOwn: fields.author === reader.memberId },
    }))
    .sort((a, b) => (a.sendAt === b.sendAt ? (a.id < b.id ? -1 : 1) : a.sendAt < b.sendAt ? -1 : 1));
}
