import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { change } from '../mutators.ts';
import { isShort } from '../schema.ts';
import type { ScheduledView } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { ScheduledProblem } from './scheduled-problem.tsx';
import { WhenField } from './when-field.tsx';
import { fieldOf, timeIn, whenFault } from './when-form.ts';

interface ChangeDialogProps {
  /** Null: nothing is being changed. */
  message: ScheduledView | null;
  header: ReactNode;
  onClose: () => void;
}

/** Other words, or another time. */
export function ChangeDialog({ message, header, onClose }: ChangeDialogProps) {
  const words = useWords<ScheduledWord>();
  return (
    <Dialog open={message !== null} onClose={onClose} title={words('scheduled.change')}>
      {message && <ChangeForm key={message.id} {...{ message, header, onClose }} />}
    </Dialog>
  );
}

function ChangeForm({ message, header, onClose }: ChangeDialogProps & { message: ScheduledView }) {
  const words = useWords<ScheduledWord>();
  const authored = useAuthored();
  const { state, act } = useAct();
  // What its author had before him as he began: what comes in from another device meanwhile is not to be written over.
  const [begin] = useState(message);
  const [body, setBody] = useState(begin.body);
  const [when, setWhen] = useState(fieldOf(begin.sendAt));
  const [tries, setTries] = useState(0);
  const formRef = useFaultFocus(tries);
  const faults = { body: bodyFault(body), when: whenFault(when, Date.now()) };
  const shown = tries > 0 ? faults : { body: undefined, when: undefined };
  async function keep(): Promise<void> {
    setTries(tries + 1);
    if (faults.body ?? faults.when) return;
    const seen = { body: begin.body, sendAt: begin.sendAt };
    // A field has no seconds: a time that was left as it was stays that.
    const sendAt = when === fieldOf(begin.sendAt) ? begin.sendAt : timeIn(when);
    const args = { ...authored(), id: begin.id, body: body.trim(), sendAt, seen };
    if (await act({ name: change.name, args })) onClose();
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void keep();
  };
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={submit}>
      {header}
      <ScheduledProblem state={state} />
      <TextArea
        label={words('scheduled.body')}
        error={shown.body && words(shown.body)}
        value={body}
        onChange={setBody}
      />
      <WhenField value={when} onChange={setWhen} fault={shown.when} />
      <div className="ui-actions">
        <Button onClick={onClose}>{words('scheduled.back')}</Button>
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('scheduled.change.save')}
        </Button>
      </div>
    </form>
  );
}

function bodyFault(body: string): ScheduledWord | undefined {
  if (body.trim() === '') return 'scheduled.body.empty';
  return isShort(body) ? undefined : 'scheduled.body.long';
}
