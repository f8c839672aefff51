import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import { liftProtection, setProtection } from '../mutators.ts';
import { REASON_MAX } from '../schema.ts';
import type { ProtectionWord } from '../words/catalogue.ts';

export interface ReasonDialogProps {
  client: string;
  /** What is asked for; `null` while nothing is. */
  asked: 'on' | 'off' | null;
  /** How far the device had news when this was asked. */
  base: number;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  onClose: () => void;
}

/** Sets or lifts it, never without saying why. */
export function ReasonDialog({ asked, onClose, ...props }: ReasonDialogProps) {
  const words = useWords<ProtectionWord>();
  const title = words(asked === 'off' ? 'protection.turnOff.title' : 'protection.turnOn.title');
  return (
    <Dialog open={asked !== null} onClose={onClose} title={title}>
      {asked && <ReasonForm {...props} asked={asked} onClose={onClose} />}
    </Dialog>
  );
}

function ReasonForm({ client, asked, base, header, onClose }: ReasonDialogProps & { asked: 'on' | 'off' }) {
  const words = useWords<ProtectionWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [reason, setReason] = useState('');
  const [tries, setTries] = useState(0);
  const formRef = useFaultFocus(tries);
  const over = reason.length - REASON_MAX;
  const isFaulty = reason.trim() === '' || over > 0;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (isFaulty) return;
    const { name } = asked === 'on' ? setProtection : liftProtection;
    if (!(await act({ name, args: { ...authored(), client, reason }, base }))) return;
    say({ text: words(`protection.saved.${asked}`) });
    onClose();
  }
  const fault = over > 0 ? words('protection.reason.long', { count: over }) : words('protection.reason.empty');
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      {header}
      <p>{words(asked === 'on' ? 'protection.does' : 'protection.turnOff.text')}</p>
      <Problem state={state} />
      <TextArea
        label={words('protection.reason')}
        hint={words('protection.reason.hint')}
        rows={3}
        error={tries > 0 && isFaulty ? fault : undefined}
        value={reason}
        onChange={setReason}
      />
      <div className="ui-actions">
        <Button onClick={onClose}>{words('protection.cancel')}</Button>
        <Button type="submit" variant={asked === 'on' ? 'primary' : 'danger'} busy={state === 'busy'}>
          {words(asked === 'on' ? 'protection.turnOn' : 'protection.turnOff')}
        </Button>
      </div>
    </form>
  );
}

function problemOf(state: Exclude<ActState, 'ready' | 'busy'>): ProtectionWord | UiWord {
  if (state === 'full') return 'ui.full';
  if (state === 'failed') return 'protection.failed';
  return state.refused === 'changed' ? 'protection.refused.changed' : 'protection.refused';
}

function Problem({ state }: { state: ActState }) {
  const words = useWords<ProtectionWord | UiWord>();
  if (state === 'ready' || state === 'busy') return null;
  return (
    <Notice kind="attention" announce>
      {words(problemOf(state))}
    </Notice>
  );
}
