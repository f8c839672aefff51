import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../ui/words.ts';
import { dutyIn, isAnsweredHere } from '../queries-duty.ts';
import { answerHours } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { dueOf } from '../schema-due.ts';
import { DutyActions } from './duty-actions.tsx';
import type { DutyVerb } from './duty-actions.tsx';
import { DutyMarks } from './duty-marks.tsx';
import { isPutOff } from './duty-row.ts';
import { GiveDialog } from './give-dialog.tsx';
import { HandDialog } from './hand-dialog.tsx';
import { ReasonForm } from './reason-form.tsx';
import { useDutyActs } from './use-duty-acts.ts';
import { DutyProblem } from './use-chat-feed.tsx';

const CLOSE = {
  withClient: {
    text: 'duty.close.text',
    label: 'duty.close.reason',
    missing: 'duty.close.missing',
    act: 'duty.close.do',
  },
  amongStaff: {
    text: 'duty.close.amongStaff',
    label: 'duty.close.why',
    missing: 'duty.close.whyMissing',
    act: 'duty.close.do',
  },
} as const;

/** For the staff, over the composer: what waits here and what is decided about it, and what becomes of the conversation. */
export function DutyBar({ conversation, header }: { conversation: ConversationView; header: ReactNode }) {
  const words = useWords<DutyWord>();
  const { id, client, kind, isBegun, closed, isArchived } = conversation;
  const answered = isAnsweredHere(conversation) ? conversation : undefined;
  const acts = useDutyActs();
  const [asking, setAsking] = useState<'give' | 'close' | 'hand' | null>(null);
  const nowMs = useNow();
  const read = useLive(
    async (reader) => ({ at: await dutyIn(reader, { id, client, kind }), hours: await answerHours(reader) }),
    [id, client, kind],
  );
  const duty = read?.at?.duty;
  const stop = () => setAsking(null);
  function act(verb: DutyVerb): void {
    if (duty === undefined || answered === undefined) return;
    if (verb === 'take') acts.take(answered, duty);
    else if (verb === 'delegate') setAsking('give');
    else if (verb === 'snooze') acts.snooze(answered, duty, isPutOff(duty, nowMs));
    else if (verb === 'noReply') acts.settle(answered, duty, 'no-reply');
    else if (verb === 'resolve') acts.settle(answered, duty, 'resolved');
  }
  return (
    <section className="ui-stack" aria-label={words('duty.actions')}>
      <DutyProblem state={acts.state} />
      {duty && (
        <>
          <p className="ui-actions">
            <DutyMarks duty={duty} dueAt={dueOf(duty.since, read?.hours)} nowMs={nowMs} />
          </p>
          <DutyActions duty={duty} nowMs={nowMs} onAct={act} />
        </>
      )}
      {isBegun && (
        <div className="ui-actions">
          {kind === 'front-desk' && <Button onClick={() => setAsking('hand')}>{words('duty.hand')}</Button>}
          <Button onClick={() => acts.archive(conversation, isArchived)}>
            {words(isArchived ? 'duty.unarchive' : 'duty.archive')}
          </Button>
          {closed ? (
            <Button onClick={() => acts.open(conversation)}>{words('duty.reopen')}</Button>
          ) : (
            <Button onClick={() => setAsking('close')}>{words('duty.close')}</Button>
          )}
        </div>
      )}
      <GiveDialog
        conversation={asking === 'give' && answered ? answered : null}
        header={header}
        onClose={stop}
        onGive={(to) => duty && answered && acts.give(answered, duty, to)}
      />
      <Dialog open={asking === 'close'} onClose={stop} title={words('duty.close.title')}>
        {asking === 'close' && (
          <ReasonForm
            header={header}
            says={answered === undefined ? CLOSE.amongStaff : CLOSE.withClient}
            onCancel={stop}
            onReason={(reason) => acts.close(conversation, reason)}
          />
        )}
      </Dialog>
      <Dialog open={asking === 'hand'} onClose={stop} title={words('duty.hand.title')}>
        {asking === 'hand' && answered && (
          <HandDialog
            {...{ conversation, header, duty }}
            onCancel={stop}
            onHand={(trail) => acts.handOver(answered, trail, duty)}
          />
        )}
      </Dialog>
    </section>
  );
}
