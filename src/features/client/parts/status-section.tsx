import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { pauseContact } from '../mutators-status.ts';
import { statusOf } from '../queries-status.ts';
import type { StatusStand } from '../queries-status.ts';
import { isEnded, REASON_MAX } from '../schema-status.ts';
import type { ClientWord } from '../words/catalogue.ts';

export interface StatusSectionProps {
  client: string;
  /** Where the status is changed. */
  href: string;
  header: ReactNode;
}

/** Where she stands in her care, and whether anything goes to her by itself. */
export function StatusSection({ client, href, header }: StatusSectionProps) {
  const words = useWords<ClientWord>();
  const read = useLive(
    async (reader) => ({ client, stand: await statusOf(reader, client, new Date().toISOString()) }),
    [client],
  );
  const stand = read?.client === client ? read.stand : null;
  if (stand === null) return null;
  return (
    <section aria-labelledby="chart-status" className="ui-stack">
      <h2 id="chart-status">{words('client.status')}</h2>
      <p>{words(`client.status.${stand.status}`)}</p>
      <LastChange stand={stand} />
      <div className="ui-actions">
        <ButtonLink href={href}>{words('client.status.change')}</ButtonLink>
      </div>
      {!isEnded(stand.status) && <Pause key={client} {...{ client, stand, header }} />}
    </section>
  );
}

function LastChange({ stand: { status, changes } }: { stand: StatusStand }) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  const last = changes[0];
  // An invitation brings her on too, which is no change of the staff's.
  if (last?.to !== status) return null;
  return (
    <p className="ui-muted">
      {words('client.status.since', { time: format.dateTime(last.at) })}
      {last.byName && (
        <>
          {' · '}
          <UserName>{last.byName}</UserName>
        </>
      )}
      {last.reason && (
        <>
          {': '}
          <UserName>{last.reason}</UserName>
        </>
      )}
    </p>
  );
}

function Pause({
  client,
  stand: { paused },
  header,
}: Pick<StatusSectionProps, 'client' | 'header'> & { stand: StatusStand }) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [asks, setAsks] = useState(false);
  async function put(reason: string | undefined, seen: string | null): Promise<void> {
    const args = { ...authored(), client, seen, ...(reason !== undefined && { reason }) };
    if (!(await act({ name: pauseContact.name, args }))) return;
    const undo = reason === undefined ? paused?.reason : undefined;
    say({
      text: words(reason === undefined ? 'client.pause.ended' : 'client.pause.begun'),
      onUndo: () => void put(undo, reason === undefined ? null : args.id),
    });
  }
  const stop = () => setAsks(false);
  return (
    <>
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('client.failed')}
        </Notice>
      )}
      {paused && (
        <Notice
          kind="attention"
          title={words('client.pause.on')}
          action={<Button onClick={() => void put(undefined, paused.mark)}>{words('client.pause.end')}</Button>}
        >
          <UserName>{paused.reason}</UserName> · {format.dateTime(paused.at)}
          {paused.byName && (
            <>
              {' · '}
              <UserName>{paused.byName}</UserName>
            </>
          )}
        </Notice>
      )}
      {!paused && (
        <div className="ui-actions">
          <Button onClick={() => setAsks(true)}>{words('client.pause')}</Button>
        </div>
      )}
      <Dialog open={asks} onClose={stop} title={words('client.pause')}>
        {asks && (
          <PauseForm
            header={header}
            onCancel={stop}
            onReason={(reason) => {
              stop();
              void put(reason, null);
            }}
          />
        )}
      </Dialog>
    </>
  );
}

interface PauseFormProps {
  header: ReactNode;
  onCancel: () => void;
  onReason: (reason: string) => void;
}

function PauseForm({ header, onCancel, onReason }: PauseFormProps) {
  const words = useWords<ClientWord>();
  const [reason, setReason] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const isEmpty = reason.trim() === '';
  return (
    <form
      ref={form}
      className="ui-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTries(tries + 1);
        if (!isEmpty) onReason(reason.trim());
      }}
    >
      {header}
      <p>{words('client.pause.text')}</p>
      <TextField
        label={words('client.reason')}
        maxLength={REASON_MAX}
        error={tries > 0 && isEmpty ? words('client.reason.missing') : undefined}
        value={reason}
        onChange={setReason}
      />
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('client.cancel')}</Button>
        <Button type="submit" variant="primary">
          {words('client.pause')}
        </Button>
      </div>
    </form>
  );
}
