// How a client stands in her care is read: by the staff.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { waitingIn } from '../chat/schema-duty.ts';
import type { Head } from '../chat/schema-head.ts';
import { conversationIdOf, HEAD, STANDING_KINDS } from '../chat/schema.ts';
import { INVITATION, isOpenState, stateAt } from '../invitation/schema.ts';
import type { Invitation } from '../invitation/schema.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { STATUS_CHANGE } from './schema-status.ts';
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
  readonly signsIn: boolean;
  readonly paused: { readonly at: string; readonly reason: string; readonly byName: string | undefined } | null;
  /** The newest first. */
  readonly changes: readonly StatusView[];
  /** Her invitations that are still good. */
  readonly invitations: readonly string[];
  /** The first messages that wait in her standing conversations, whatever was decided about them. */
  readonly waiting: readonly string[];
  /** Of the entries that somebody marked or gave to somebody. */
  readonly openTasks: number;
}

/** How a client stands; null where her row is not on this device. Reads all tasks: not for a list. */
export async function statusOf(reader: Reader, client: string, now: string): Promise<StatusStand | null> {
  const row = (await reader.get(CLIENT, client)) as Row<Client> | undefined;
  if (row === undefined) return null;
  const { status, memberId, contactPaused } = row.fields;
  const nameOf = async (id: string) => (await reader.get('member', id))?.fields['name'] as string | undefined;
  const heads = await Promise.all(STANDING_KINDS.map((kind) => reader.get(HEAD, conversationIdOf(client, kind))));
  const changes = (await reader.byRef(STATUS_CHANGE, [client])) as Row<StatusChange>[];
  const invitations = (await reader.byRef(INVITATION, [client])) as Row<Invitation>[];
  const tasks = (await reader.all(TASK)) as Row<Task>[];
  return {
    status,
    signsIn: memberId !== undefined,
    paused: contactPaused ? { ...contactPaused, byName: await nameOf(contactPaused.by) } : null,
    changes: await Promise.all(
      changes
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .map(async ({ id, by, at, fields }) => ({ ...fields, id, at, byName: await nameOf(by) })),
    ),
    invitations: invitations.filter(({ fields }) => isOpenState(stateAt(fields, now))).map(({ id }) => id),
    waiting: heads.flatMap((head) => waitingIn(head?.fields as Head | undefined)[0]?.message ?? []),
    openTasks: tasks.filter(({ fields }) => fields.client === client && fields.reason !== 'reply' && isOpenTask(fields))
      .length,
  };
}
