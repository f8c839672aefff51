import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { memberNames } from '../queries.ts';
import type { Duty } from '../schema-duty.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { isPutOff } from './duty-row.ts';

/** Why a conversation stands where it stands: until when an answer is due, who gives it, and what else is known of it. */
export function DutyMarks({ duty, dueAt, nowMs }: { duty: Duty; dueAt: string; nowMs: number }) {
  const words = useWords<DutyWord>();
  const format = useFormat();
  const { memberId } = useWorkspace().reader;
  const names = useLive(memberNames, []);
  const { assignee, until } = duty;
  const isOff = isPutOff(duty, nowMs);
  const isOverdue = Date.parse(dueAt) < nowMs;
  return (
    <>
      {duty.isRisk && <Badge kind="danger">{words('duty.crisis')}</Badge>}
      <Badge kind={isOverdue ? 'attention' : 'neutral'}>
        {words(isOverdue ? 'duty.overdue' : 'duty.due', { time: format.dateTime(dueAt) })}
      </Badge>
      {duty.isLate && <Badge kind="attention">{words('duty.late')}</Badge>}
      {assignee === memberId && <Badge kind="accent">{words('duty.mine')}</Badge>}
      {assignee !== undefined && assignee !== memberId && (
        <Badge kind="accent">{words('duty.given', { name: names?.get(assignee) ?? '…' })}</Badge>
      )}
      {isOff && until !== undefined && <Badge>{words('duty.snoozed', { time: format.dateTime(until) })}</Badge>}
    </>
  );
}
