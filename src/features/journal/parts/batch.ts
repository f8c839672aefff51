// Which entries may be marked as seen all at once. Nobody has read what somebody wrote by marking it from a list: words, flags,
// crisis words, new comments and what has to be opened are left out, and it is said how many and why. Marking an entry answers
// for all that is unread under it, earlier wordings too.

import { QUESTION_NAMES, QUESTIONS } from '../../entry-kind/schema.ts';
import type { JournalContent } from '../schema.ts';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import { isRisk } from './inbox-order.ts';

export const LEFT_OUT = ['crisis', 'flag', 'snooze', 'comment', 'words', 'media'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface Batch {
  readonly entries: readonly EntryView[];
  readonly left: readonly (readonly [LeftOut, number])[];
}

export function batchOf(entries: readonly EntryView[], marksOf: (entry: EntryView) => Marks | undefined): Batch {
  const waiting = entries.filter(({ news }) => news !== null);
  const reasons = waiting.map((entry) => whyNot(entry, marksOf(entry)));
  return {
    entries: waiting.filter((_, i) => reasons[i] === undefined),
    left: LEFT_OUT.flatMap((reason) => {
      const count = reasons.filter((one) => one === reason).length;
      return count === 0 ? [] : [[reason, count] as const];
    }),
  };
}

function whyNot(entry: EntryView, marks: Marks | undefined): LeftOut | undefined {
  if (isRisk(entry)) return 'crisis';
  if (marks?.flag !== undefined) return 'flag';
  if (marks?.snooze !== undefined) return 'snooze';
  const isUnread = ({ id }: { id: string }) => entry.unread.includes(id);
  if (entry.comments.some(isUnread)) return 'comment';
  const unread = entry.wordings.filter(isUnread).map(({ content }) => toRead(content));
  const reasons = [toRead(entry.content), ...unread];
  return (['words', 'media'] as const).find((reason) => reasons.includes(reason));
}

/** Why this cannot be taken in at a glance. */
function toRead({ text, own, ownSensitive, ...answers }: JournalContent): 'words' | 'media' | undefined {
  const ownWords = Object.values({ ...own, ...ownSensitive }).some((answer) => typeof answer === 'string');
  const lines = QUESTION_NAMES.filter((name) => QUESTIONS[name].is === 'line' && answers[name] !== undefined);
  if (text.trim() !== '' || ownWords || lines.length > 0) return 'words';
  // What no question asks for has to be opened, also what a newer device wrote.
  const isGlance = Object.keys(answers).every((name) => Object.hasOwn(QUESTIONS, name));
  return isGlance ? undefined : 'media';
}
