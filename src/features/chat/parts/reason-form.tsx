import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { REASON_MAX } from '../schema-setting.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';

interface ReasonFormProps {
  header: ReactNode;
  /** What it means, what is asked, what is said where nothing is answered, and what is then done. */
  says: { readonly text: DutyWord; readonly label: DutyWord; readonly missing: DutyWord; readonly act: DutyWord };
  onCancel: () => void;
  onReason: (reason: string) => void;
}

/** Asks for the reason of what ends or stops conversations; without one nothing is done. */
export function ReasonForm({ header, says, onCancel, onReason }: ReasonFormProps) {
  const words = useWords<DutyWord>();
  const [reason, setReason] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const isEmpty = reason.trim() === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTries(tries + 1);
    if (isEmpty) return;
    onReason(reason.trim());
    onCancel();
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={submit}>
      {header}
      <p>{words(says.text)}</p>
      <TextField
        label={words(says.label)}
        maxLength={REASON_MAX}
        error={tries > 0 && isEmpty ? words(says.missing) : undefined}
        value={reason}
        onChange={setReason}
      />
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('duty.cancel')}</Button>
        <Button type="submit" variant="danger">
          {words(says.act)}
        </Button>
      </div>
    </form>
  );
}
