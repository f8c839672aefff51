import { Badge } from '../../../ui/badge.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { useNameOf } from './comments.tsx';
import { isOverdue, isRisk } from './inbox-order.ts';

export interface EntryMarksProps {
  entry: EntryView;
  marks: Marks | undefined;
  nowMs: number;
  names: ReadonlyMap<string, string>;
}

/** Why it stands where it stands, and what the team has noted about it. */
export function EntryMarks({ entry, marks, nowMs, names }: EntryMarksProps) {
  const words = useWords<ReviewWord>();
  const format = useFormat();
  const nameOf = useNameOf(names);
  return (
    <>
      {isRisk(entry) && <Badge kind="danger">{words('journal.state.crisis')}</Badge>}
      {isOverdue(entry, nowMs) && <Badge kind="attention">{words('journal.state.overdue')}</Badge>}
      {marks?.flag !== undefined && <Badge kind="attention">{words('journal.state.flagged')}</Badge>}
      {marks?.delegated !== undefined && (
        <Badge kind="accent">{words('journal.state.delegated', { name: nameOf(marks.delegated) })}</Badge>
      )}
      {marks?.noReply && <Badge>{words('journal.state.noReply')}</Badge>}
      {marks?.snooze !== undefined && (
        <Badge>{words('journal.state.snoozed', { time: format.dateTime(marks.snooze.until) })}</Badge>
      )}
    </>
  );
}
