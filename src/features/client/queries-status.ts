// How a client stands in her care is read: by the staff.

import type { JsonObject } from '../../base/json.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { waitingIn } from '../chat/schema-duty.ts';
import type { HandOver, Head } from '../chat/schema-head.ts';
import { CONVERSATION, conversationIdOf, HAND_OVER, HEAD, STANDING_KINDS } from '../chat/schema.ts';
import type { Conversation } from '../chat/schema.ts';
import { INVITATION, isOpenState, stateAt } from '../invitation/schema.ts';
import type { Invitation } from '../invitation/schema.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { markOf, NAMED_MOST, STATUS_CHANGE } from './schema-status.ts';
import type { StatusChange } from './schema-status.ts';
import { CLIENT } from './schema.ts';
import type { Client, ClientStatus } from './schema.ts';

export interface StatusView extends StatusChange {
  readonly id: string;
  readonly at: string;
  readonly byName: string | undefined;
}

export interface StatusStand {
  readonly status: ClientStatus;
  /** That she reads. */
  readonly language: string | null;
  readonly signsIn: boolean;
  readonly paused: {
    /** By which an act names it. */
    readonly mark: string | null;
    readonly at: string;
    readonly reason: string;
    readonly byName: string | undefined;
  } | null;
  /** The newest first. */
  readonly changes: readonly StatusView[];
  /** Her invitations that are still good. */
  readonly invitations: readonly string[];
  /** The first messages that wait in her standing conversations, whatever was decided about them. */
  readonly waiting: readonly string[];
  /** What the front desk has given on to the care team, the newest first. */
  readonly handOvers: readonly string[];
  /** Her direct conversations that are here, each with the first message that waits in it. */
  readonly direct: readonly { readonly conversation: string; readonly message: string }[];
  /** What somebody marked or gave to somebody, what is open first. */
  readonly tasks: readonly string[];
  readonly openTasks: number;
}

/** How a client stands; null where her row is not on this device. Reads all tasks: not for a list. */
export async function statusOf(reader: Reader, client: string, now: string): Promise<StatusStand | null> {
  return statusFrom(reader, client, { now, tasks: (await reader.all(TASK)) as Row<Task>[] });
}

/** The same of one of many, for which the tasks were read once. */
export async function statusFrom(
  reader: Reader,
  client: string,
  { now, tasks: all }: { now: string; tasks: readonly Row<Task>[] },
): Promise<StatusStand | null> {
  const row = (await reader.get(CLIENT, client)) as Row<Client> | undefined;
  if (row === undefined) return null;
  const { status, language, memberId, contactPaused } = row.fields;
  const nameOf = async (id: string) => (await reader.get('member', id))?.fields['name'] as string | undefined;
  const heads = await Promise.all(STANDING_KINDS.map((kind) => reader.get(HEAD, conversationIdOf(client, kind))));
  const changes = (await reader.byRef(STATUS_CHANGE, [client])) as Row<StatusChange>[];
  const invitations = (await reader.byRef(INVITATION, [client])) as Row<Invitation>[];
  const tasks = all
    .filter(({ fields }) => fields.client === client && fields.reason !== 'reply')
    .sort((a, b) => Number(isOpenTask(b.fields)) - Number(isOpenTask(a.fields)) || (a.id < b.id ? 1 : -1));
  const handed = ((await reader.byRef(HAND_OVER, [client])) as Row<HandOver>[]).filter(({ fields }) => fields.quotes);
  return {
    ...{ status, language: language ?? null },
    signsIn: memberId !== undefined,
    paused: contactPaused
      ? { ...contactPaused, mark: markOf(contactPaused), byName: await nameOf(contactPaused.by) }
      : null,
    changes: await Promise.all(
      changes
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .map(async ({ id, by, at, fields }) => ({ ...fields, id, at, byName: await nameOf(by) })),
    ),
    invitations: invitations.filter(({ fields }) => isOpenState(stateAt(fields, now))).map(({ id }) => id),
    waiting: STANDING_KINDS.flatMap((kind, i) => {
      const given = kind === 'care-team' ? handed.map(({ at, fields: { message } }) => ({ message, at })) : [];
      return waitingIn(heads[i]?.fields as Head | undefined, given)[0]?.message ?? [];
    }),
    handOvers: handed.sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ id }) => id),
    direct: await directOf(reader, client),
    tasks: tasks.map(({ id }) => id),
    openTasks: tasks.filter(({ fields }) => isOpenTask(fields)).length,
  };
}

async function directOf(reader: Reader, client: string): Promise<StatusStand['direct']> {
  const begun = (await reader.byRef(CONVERSATION, [client])) as Row<Conversation>[];
  const heads = await reader.many(
    HEAD,
    begun.filter(({ fields }) => fields.kind === 'direct').map(({ id }) => id),
  );
  return heads.flatMap(({ id, fields }) => {
    const message = waitingIn(fields as Head)[0]?.message;
    return message === undefined ? [] : { conversation: id, message };
  });
}

/** What a change names, so that the server looks how each stands by then. */
export function namedBy({ waiting, handOvers, direct, tasks, invitations }: StatusStand): JsonObject {
  const all = { waiting, handOvers, direct: direct.map((one) => ({ ...one })), tasks, invitations };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, list]) => (list.length > 0 ? [[name, list.slice(0, NAMED_MOST)]] : [])),
  );
}
