// How tasks are read: what is still to be done, newest first; what has piled up and is done costs nothing.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { isOpenTask } from './schema.ts';
import type { Task, TaskState } from './schema.ts';

export interface TaskView {
  readonly id: string;
  readonly client: string;
  /** What it is about. */
  readonly about: string;
  readonly reason: Task['reason'];
  readonly status: TaskState;
  readonly note: string | undefined;
  readonly dueAt: string | undefined;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string | undefined };
  readonly assignee: { readonly id: string; readonly name: string | undefined } | undefined;
  /** `false` while only this device knows of it. */
  readonly sent: boolean;
}

/**
 * The open tasks among the newest, and among `also`: those of the reader, those that are anybody's, and those that the reader
 * gave to somebody. What is due first comes first, then what is oldest.
 */
export async function openTasks(
  reader: Reader,
  { window, also }: { window: number; also: Iterable<string> },
): Promise<TaskView[]> {
  const newest = (await reader.newest('task', { limit: window })) as Row<Task>[];
  const there = new Set(newest.map(({ id }) => id));
  const older = await Promise.all([...also].filter((id) => !there.has(id)).map((id) => reader.get('task', id)));
  const rows = [...newest, ...(older.flatMap((row) => row ?? []) as Row<Task>[])];
  const me = reader.memberId;
  const wanted = rows.filter(({ by, fields }) => {
    return isOpenTask(fields) && (fields.assignee === undefined || fields.assignee === me || by === me);
  });
  const people = [...new Set(wanted.flatMap(({ by, fields }) => [by, fields.assignee ?? by]))];
  const members = await Promise.all(people.map((id) => reader.get('member', id) as Promise<Row<Member> | undefined>));
  const names = new Map(members.flatMap((row) => (row ? [[row.id, row.fields.name]] : [])));
  const personOf = (id: string) => ({ id, name: names.get(id) });
  return wanted.map((row) => viewOf(row, personOf)).sort(dueFirst);
}

/** Open tasks below the window. It reads much; never inside a live read. */
export async function openTasksBelow(reader: Reader, window: number): Promise<string[]> {
  for (let depth = window * 4; ; depth *= 4) {
    const rows = (await reader.newest('task', { limit: depth })) as Row<Task>[];
    const open = rows.slice(window).filter(({ fields }) => isOpenTask(fields));
    if (rows.length < depth || open.length >= window) return open.map(({ id }) => id);
  }
}

function viewOf({ id, by, version, fields }: Row<Task>, personOf: (id: string) => TaskView['by']): TaskView {
  const { client, about, reason, status, note, dueAt, at, assignee } = fields;
  const sent = version > 0;
  const given = assignee === undefined ? undefined : personOf(assignee);
  return { id, client, about, reason, status, note, dueAt, at, by: personOf(by), assignee: given, sent };
}

function dueFirst(a: TaskView, b: TaskView): number {
  const key = ({ dueAt, at }: TaskView) => `${dueAt ?? '9999'} ${at}`;
  return key(a) < key(b) ? -1 : 1;
}
