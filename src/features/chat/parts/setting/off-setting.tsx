import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useFormat } from '../../../../ui/use-format.ts';
import { UserText } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import { settingFor } from '../../queries-participants.ts';
import type { DutyWord } from '../../words/duty/catalogue.ts';
import { ReasonForm } from '../reason-form.tsx';
import { DutyProblem } from '../use-chat-feed.tsx';
import { useSettingActs } from './use-setting-acts.ts';

const OFF = {
  text: 'duty.off.text',
  label: 'duty.close.reason',
  missing: 'duty.close.missing',
  act: 'duty.off.do',
} as const;

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
        {asks && (
          <ReasonForm header={header} says={OFF} onCancel={stop} onReason={(reason) => acts.turnOff(client, reason)} />
        )}
      </Dialog>
    </div>
  );
}
