// How tasks are read: what is still to be done, newest first; what has piled up and is done costs nothing.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember } from '../client/schema.ts';
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
  /** None also where who had it is on the client's care team no more. */
  readonly assignee: { readonly id: string; readonly name: string | undefined } | undefined;
  /** Whether the reader can take it: it is nobody's, or his and not begun. */
  readonly isFree: boolean;
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
  const open = await withoutGone(
    reader,
    rows.filter(({ fields }) => isListed(fields)),
  );
  const wanted = open.filter(({ by, fields: { assignee } }) => (assignee ?? me) === me || by === me);
  const people = [...new Set(wanted.flatMap(({ by, fields }) => [by, fields.assignee ?? by]))];
  const members = await Promise.all(people.map((id) => reader.get('member', id) as Promise<Row<Member> | undefined>));
  const names = new Map(members.flatMap((row) => (row ? [[row.id, row.fields.name]] : [])));
  const personOf = (id: string) => ({ id, name: names.get(id) });
  return wanted.map((row) => viewOf(row, { me, personOf })).sort(dueFirst);
}

/** What was given to somebody who has left the client's care team is nobody's. A team that is not here has lost nobody. */
async function withoutGone(reader: Reader, tasks: readonly Row<Task>[]): Promise<readonly Row<Task>[]> {
  const given = tasks.filter(({ fields: { assignee } }) => (assignee ?? reader.memberId) !== reader.memberId);
  const clients = [...new Set(given.map(({ fields }) => fields.client))];
  if (clients.length === 0) return tasks;
  const places = (await reader.byRef('careTeamMember', clients)) as Row<CareTeamMember>[];
  const known = new Set(places.map(({ fields }) => fields.client));
  const there = new Set(places.map(({ fields: { client, member } }) => `${client} ${member}`));
  return tasks.map((row) => {
    const { assignee, ...fields } = row.fields;
    const isGone = given.includes(row) && known.has(fields.client) && !there.has(`${fields.client} ${assignee}`);
    return isGone ? { ...row, fields } : row;
  });
}

/** Open tasks below the window. It reads much; never inside a live read. */
export async function openTasksBelow(reader: Reader, window: number): Promise<string[]> {
  for (let depth = window * 4; ; depth *= 4) {
    const rows = (await reader.newest('task', { limit: depth })) as Row<Task>[];
    const open = rows.slice(window).filter(({ fields }) => isListed(fields));
    if (rows.length < depth || open.length >= window) return open.map(({ id }) => id);
  }
}

/** A reply stands with its conversation: whether it is still to be done is known by what was said there. */
const isListed = (task: Pick<Task, 'reason' | 'status'>): boolean => task.reason !== 'reply' && isOpenTask(task);

interface People {
  readonly me: string;
  readonly personOf: (id: string) => TaskView['by'];
}

function viewOf({ id, by, version, fields }: Row<Task>, { me, personOf }: People): TaskView {
  const { client, about, reason, status, note, dueAt, at } = fields;
  const assignee = fields.assignee ?? undefined;
  const sent = version > 0;
  const isFree = assignee === undefined || (assignee === me && status === 'requested');
  const given = assignee === undefined ? undefined : personOf(assignee);
  return { id, client, about, reason, status, note, dueAt, at, by: personOf(by), assignee: given, isFree, sent };
}

function dueFirst(a: TaskView, b: TaskView): number {
  const key = ({ dueAt, at }: TaskView) => `${dueAt ?? '9999'} ${at}`;
  return key(a) < key(b) ? -1 : 1;
}
