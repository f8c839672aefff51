// Where an entry stands in the inbox.

import { holdsCrisisWords } from '../../crisis-words.ts';
import type { InboxRow } from '../../inbox/schema.ts';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import { isLate } from './late-arrival.tsx';
import { holdsCrisis } from './words-advice.tsx';

export const OVERDUE_DAYS = 2;
const DAY_MS = 86_400_000;

/** Whether what the client wrote holds crisis words: the entry as it stands, or a comment of hers. */
export function isRisk(entry: EntryView): boolean {
  const said = entry.comments.filter((one) => one.by === entry.by);
  return holdsCrisis(entry.content) || said.some(({ body }) => holdsCrisisWords(body));
}

/** Whether what waits has been there, unseen, longer than the screen says it should. */
export function isOverdue(entry: EntryView, nowMs: number): boolean {
  const since = waitingSince(entry);
  return since !== undefined && nowMs - Date.parse(since) > OVERDUE_DAYS * DAY_MS;
}

/** Since when the practice has had what waits. */
function waitingSince({ by, news, arrivedAt, wordings, comments }: EntryView): string | undefined {
  if (news === 'wording') return wordings.at(-1)?.at;
  if (news === 'comment') return comments.filter((one) => one.by === by).at(-1)?.at;
  return news === null ? undefined : arrivedAt;
}

/** The entry as a row of the inbox, for this member. */
export function rowOf(
  entry: EntryView,
  { marks, me, nowMs }: { marks: Marks | undefined; me: string; nowMs: number },
): InboxRow {
  const { id, client, at, news } = entry;
  const isSnoozed = Date.parse(marks?.snooze?.until ?? '') > nowMs;
  return {
    ...{ id, client, at },
    isWaiting: news !== null && !isSnoozed,
    isRisk: isRisk(entry),
    isOverdue: isOverdue(entry, nowMs),
    isLate: isLate(entry),
    isUnread: news !== null,
    isMine: marks?.delegated === me,
  };
}
