import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { answerersOf } from '../queries-duty.ts';
import type { AnsweredConversation, Answerer } from '../queries-duty.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';

export interface GiveDialogProps {
  /** Whose answer is given to somebody; null while none is. */
  conversation: AnsweredConversation | null;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  onClose: () => void;
  onGive: (to: Answerer) => void;
}

/** Gives an answer to somebody else who takes part in the conversation. */
export function GiveDialog({ conversation, ...props }: GiveDialogProps) {
  const words = useWords<DutyWord>();
  return (
    <Dialog open={conversation !== null} onClose={props.onClose} title={words('duty.give.title')}>
      {conversation && <Answerers key={conversation.id} {...props} conversation={conversation} />}
    </Dialog>
  );
}

function Answerers(props: GiveDialogProps & { conversation: AnsweredConversation }) {
  const words = useWords<DutyWord>();
  const { client, kind } = props.conversation;
  const answerers = useLive((reader) => answerersOf(reader, { client, kind }), [client, kind]);
  if (answerers === undefined) return <Skeleton rows={2} />;
  if (answerers.length > 0) return <GiveForm {...props} answerers={answerers} />;
  return (
    <>
      {props.header}
      <p>{words('duty.give.nobody')}</p>
      <div className="ui-actions">
        <Button onClick={props.onClose}>{words('duty.cancel')}</Button>
      </div>
    </>
  );
}

function GiveForm({ header, onClose, onGive, answerers }: GiveDialogProps & { answerers: readonly Answerer[] }) {
  const words = useWords<DutyWord>();
  const [member, setMember] = useState(answerers.length === 1 ? answerers[0]?.member : undefined);
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTries(tries + 1);
    const chosen = answerers.find((one) => one.member === member);
    if (chosen === undefined) return;
    onGive(chosen);
    onClose();
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={submit}>
      {header}
      <SelectField
        label={words('duty.give.to')}
        options={answerers.map(({ member: value, name }) => ({ value, label: name }))}
        error={tries > 0 && member === undefined ? words('duty.give.missing') : undefined}
        value={member}
        onChange={setMember}
      />
      <div className="ui-actions">
        <Button onClick={onClose}>{words('duty.cancel')}</Button>
        <Button type="submit" variant="primary">
          {words('duty.give.do')}
        </Button>
      </div>
    </form>
  );
}
