// What the inbox says of a conversation, and how many in it wait for the reader.

import type { Reader } from '../../../sync/client/reader.ts';
import type { InboxRow } from '../../inbox/schema.ts';
import type { Hours } from '../../office-hours/schema-hours.ts';
import { answerHours } from '../queries.ts';
import { waitingConversations } from '../queries-duty.ts';
import type { QueuedConversation } from '../queries-duty.ts';
import type { Duty } from '../schema-duty.ts';
import { dueOf } from '../schema-due.ts';

export const isPutOff = ({ until }: Duty, nowMs: number): boolean => until !== undefined && Date.parse(until) > nowMs;

interface For {
  readonly hours: Hours | null;
  readonly me: string;
  readonly nowMs: number;
}

/** The conversation as a row of the inbox, for this member. What waits on somebody else's answer waits on none of the others. */
export function rowOf(
  { id, client, unread, duty, last, isOnClient = false }: QueuedConversation,
  { hours, me, nowMs }: For,
): InboxRow {
  if (duty === null) {
    const not = { isWaiting: false, isRisk: false, isOverdue: false, isLate: false, isMine: false, isOnClient };
    return { id, client, at: last?.cameAt ?? '', isUnread: unread > 0, ...not };
  }
  const { since, isRisk, isLate, assignee } = duty;
  const isOverdue = Date.parse(dueOf(since, hours)) < nowMs;
  // Given to somebody else it is his; past its time, or where it may be a risk, it is everybody's again.
  const isOthers = assignee !== undefined && assignee !== me && !isOverdue && !isRisk;
  return {
    ...{ id, client, at: since, isRisk, isLate, isOverdue },
    isWaiting: !isPutOff(duty, nowMs) && !isOthers,
    isUnread: unread > 0,
    isMine: assignee === me,
  };
}

/** How many conversations wait for the reader now, as the inbox has it: not what is put off, or somebody else's. */
export async function waitingFor(reader: Reader, nowMs: number): Promise<number> {
  const [all, hours] = [await waitingConversations(reader), await answerHours(reader)];
  return all.filter((one) => rowOf(one, { hours, me: reader.memberId, nowMs }).isWaiting).length;
}
