import { useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { Duty } from '../schema-duty.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { isPutOff } from './duty-row.ts';

export type DutyVerb = 'reply' | 'open' | 'take' | 'noReply' | 'resolve' | 'snooze' | 'delegate';

export interface DutyActionsProps {
  duty: Duty;
  nowMs: number;
  /** What begins an answer where the composer is not open anyway: of what was closed, that it is opened again. */
  begins?: 'reply' | 'open';
  onAct: (verb: DutyVerb) => void;
}

/** Every verb of reply duty as a button: what the inbox's keys do, for fingers. */
export function DutyActions({ duty, nowMs, begins, onAct }: DutyActionsProps) {
  const words = useWords<DutyWord>();
  const { memberId } = useWorkspace().reader;
  const isOff = isPutOff(duty, nowMs);
  return (
    <div className="ui-actions" role="group" aria-label={words('duty.actions')}>
      {begins === 'reply' && (
        <Button icon="comment" onClick={() => onAct('reply')}>
          {words('duty.reply')}
        </Button>
      )}
      {begins === 'open' && <Button onClick={() => onAct('open')}>{words('duty.reopen')}</Button>}
      {duty.assignee !== memberId && <Button onClick={() => onAct('take')}>{words('duty.take')}</Button>}
      <Button onClick={() => onAct('noReply')}>{words('duty.noReply')}</Button>
      <Button icon="check" onClick={() => onAct('resolve')}>
        {words('duty.resolve')}
      </Button>
      {(isOff || !duty.isRisk) && (
        <Button onClick={() => onAct('snooze')}>{words(isOff ? 'duty.wake' : 'duty.snooze')}</Button>
      )}
      <Button onClick={() => onAct('delegate')}>{words('duty.give')}</Button>
    </div>
  );
}
