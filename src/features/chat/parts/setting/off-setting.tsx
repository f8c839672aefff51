import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../../ui/use-fault-focus.ts';
import { useFormat } from '../../../../ui/use-format.ts';
import { UserText } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import { settingFor } from '../../queries-participants.ts';
import { REASON_MAX } from '../../schema-setting.ts';
import type { DutyWord } from '../../words/duty/catalogue.ts';
import { DutyProblem } from '../use-chat-feed.tsx';
import { useSettingActs } from './use-setting-acts.ts';

export interface OffSettingProps {
  /** Of one client; of the practice where none is named. */
  client?: string | undefined;
  /** Whose record it is: name and birth date. */
  header?: ReactNode;
}

/** Whether anything is written in conversations, with the reason that all concerned read where nothing is. */
export function OffSetting({ client, header }: OffSettingProps) {
  const words = useWords<DutyWord>();
  const format = useFormat();
  const acts = useSettingActs();
  const [asks, setAsks] = useState(false);
  const read = useLive(async (reader) => ({ off: (await settingFor(reader, client))?.off ?? null }), [client]);
  if (read === undefined) return null;
  const { off } = read;
  const stop = () => setAsks(false);
  return (
    <div className="ui-stack">
      <DutyProblem state={acts.state} />
      {off && (
        <>
          <p>{words('duty.off.since', { time: format.dateTime(off.at) })}</p>
          <UserText>{off.reason}</UserText>
        </>
      )}
      <div className="ui-actions">
        {off ? (
          <Button onClick={() => acts.turnOn(client, off.reason)}>{words('duty.off.on')}</Button>
        ) : (
          <Button onClick={() => setAsks(true)}>
            {words(client === undefined ? 'duty.off.practice' : 'duty.off.client')}
          </Button>
        )}
      </div>
      <Dialog open={asks} onClose={stop} title={words('duty.off.title')}>
        {asks && <ReasonForm header={header} onCancel={stop} onReason={(reason) => acts.turnOff(client, reason)} />}
      </Dialog>
    </div>
  );
}

interface ReasonFormProps {
  header: ReactNode;
  onCancel: () => void;
  onReason: (reason: string) => void;
}

function ReasonForm({ header, onCancel, onReason }: ReasonFormProps) {
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
      <p>{words('duty.off.text')}</p>
      <TextField
        label={words('duty.close.reason')}
        maxLength={REASON_MAX}
        error={tries > 0 && isEmpty ? words('duty.close.missing') : undefined}
        value={reason}
        onChange={setReason}
      />
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('duty.cancel')}</Button>
        <Button type="submit" variant="danger">
          {words('duty.off.do')}
        </Button>
      </div>
    </form>
  );
}
