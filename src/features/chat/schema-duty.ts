// Reply duty: what of a conversation waits for an answer of the staff, from its head, what was handed over to it, and what the staff
// have decided about it. Pure; the same on every device. The clock starts when a message came to the server.

import { namedId } from '../../base/named-id.ts';
import type { Space } from '../../sync/core/record.ts';
import { officeOf, staffOf } from '../space-names.ts';
import { isOpenTask } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import type { Head, Waiting } from './schema-head.ts';
import type { AnsweredKind } from './schema.ts';

/** The task of who answers first: of two who decide without a network about one message, there is one. */
export const replyTaskId = (conversation: string, message: string): string =>
  namedId(`chat reply ${conversation} ${message}`);

/** Where what the staff decide lies: never where the client reads. */
export const spaceOfDuty = (client: string, kind: AnsweredKind): Space =>
  kind === 'front-desk' ? officeOf(client) : staffOf(client);

export interface Duty {
  /** The first message that waits: what is decided is decided about it. */
  readonly message: string;
  /** Since when the practice has had the first that is not dealt with. */
  readonly since: string;
  /** What is decided now holds for what has come by then. */
  readonly through: string;
  /** The messages that are not dealt with, the first one first. */
  readonly open: readonly string[];
  /** When each of these came. */
  readonly cameAt: readonly string[];
  readonly isRisk: boolean;
  /** Some of it came long after it was written. */
  readonly isLate: boolean;
  readonly assignee: string | undefined;
  /** Put off until then; not where something came since. */
  readonly until: string | undefined;
  /** What had come by then was settled before. */
  readonly settledThrough: string | undefined;
}

type Headed = Pick<Head, 'waiting' | 'answeredAt'>;

/** What waits: the client's messages, and what was handed over, since somebody of the staff said something. By time. */
export function waitingIn(head: Headed | undefined, handed: readonly Waiting[] = []): readonly Waiting[] {
  const { waiting = [], answeredAt = '' } = head ?? {};
  return [...waiting, ...handed.filter(({ at }) => at > answeredAt)].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What is to be done, by the staff's `task` about the first message that waits; null where nothing is. */
export function dutyOf(waiting: readonly Waiting[], task?: Task): Duty | null {
  const [first] = waiting;
  const isDecided = ({ at }: Waiting) => at <= (task?.through ?? '');
  const isEnded = task !== undefined && !isOpenTask(task);
  const settledThrough = settledIn(task);
  const left = waiting.filter(({ at }) => at > (settledThrough ?? ''));
  const [since, newest] = [left[0]?.at, left.at(-1)];
  if (first === undefined || since === undefined || newest === undefined) return null;
  const isRisk = left.some(({ risk }) => risk === true);
  const isLate = left.some(({ late }) => late === true);
  const isPutOff = task?.until !== undefined && !isEnded && !isRisk && isDecided(newest);
  return {
    ...{ message: first.message, since, through: newest.at, open: left.map(({ message }) => message), isRisk, isLate },
    cameAt: left.map(({ at }) => at),
    assignee: isEnded ? undefined : (task?.assignee ?? undefined),
    until: isPutOff ? task.until : undefined,
    settledThrough,
  };
}

/** Until when what came is settled, whatever was decided since about what came later. */
export function settledIn(task: Pick<Task, 'status' | 'through' | 'settledThrough'> | undefined): string | undefined {
  if (task === undefined) return undefined;
  return task.settledThrough ?? (isOpenTask(task) ? undefined : task.through);
}
