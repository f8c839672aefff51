// What stands on a list that somebody takes along on paper: who, how to reach them without harm, and what is next. Only what this device
// has: of what the reader's role does not see nothing is here.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Contact } from '../contact/schema.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { CLIENT } from './schema.ts';
import type { Client, ClientStatus, SafeContact } from './schema.ts';

export interface DayListClient {
  readonly id: string;
  readonly legalName: string;
  readonly preferredName: string | null | undefined;
  readonly birthDate: string;
  readonly status: ClientStatus;
  readonly phones: readonly string[];
  readonly safeContact: SafeContact | null;
  readonly isPaused: boolean;
  /** Tasks about her that are open here, and when the first of them is due. */
  readonly tasks: number;
  readonly dueAt: string | null;
}

/** In the order of the ids; who is not on this device is left out. */
export async function dayListOf(reader: Reader, ids: readonly string[]): Promise<DayListClient[]> {
  const rows = (await reader.many(CLIENT, ids)) as Row<Client>[];
  const contacts = (await reader.byRef('contact', ids)) as Row<Contact>[];
  const open = ((await reader.all(TASK)) as Row<Task>[]).filter(({ fields }) => isOpenTask(fields));
  return rows.map(({ id, fields: { legalName, preferredName, birthDate, status, safeContact, contactPaused } }) => {
    const tasks = open.filter(({ fields }) => fields.client === id);
    const due = tasks.flatMap(({ fields }) => fields.dueAt ?? []).sort();
    return {
      ...{ id, legalName, preferredName, birthDate, status },
      phones: contacts.flatMap(({ fields }) => (fields.client === id && fields.kind === 'phone' ? [fields.value] : [])),
      safeContact: safeContact ?? null,
      isPaused: Boolean(contactPaused),
      tasks: tasks.length,
      dueAt: due[0] ?? null,
    };
  });
}
