import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import type { ConversationKind } from '../../chat/schema.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { plan } from '../mutators.ts';
import { isShort } from '../schema.ts';
import { openHours } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { ScheduledProblem } from './scheduled-problem.tsx';
import { WhenField } from './when-field.tsx';
import { fieldOf, firstOffer, timeIn, whenFault } from './when-form.ts';

export interface SendLaterProps {
  conversation: { readonly id: string; readonly kind: ConversationKind; readonly client: string | undefined };
  body: string;
  replyTo: string | undefined;
  hasMedia: boolean;
  /** Of the message as it is written now: it goes with it. */
  draft: DraftKeeper;
  onTaken: () => void;
  /** Whose record one is writing to. */
  header: ReactNode;
}

/** For the staff, beside the button that sends: the same words at another time. */
export function SendLater(props: SendLaterProps) {
  const words = useWords<ScheduledWord>();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button icon="calendar" onClick={() => setOpen(true)}>
        {words('scheduled.send')}
      </Button>
      <Dialog open={isOpen} onClose={close} title={words('scheduled.send')}>
        {isOpen && <Plan {...props} onClose={close} />}
      </Dialog>
    </>
  );
}

function Plan(props: SendLaterProps & { onClose: () => void }) {
  const { body, hasMedia, header, onClose } = props;
  const words = useWords<ScheduledWord>();
  const form = usePlan(props);
  const why = whyNotNow(body, hasMedia);
  if (why !== undefined) return <Notice>{words(why)}</Notice>;
  // It stands within the form that sends at once.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void form.submit();
  };
  return (
    <div className="ui-stack">
      {header}
      <ScheduledProblem state={form.state} />
      <blockquote>
        <UserText>{body}</UserText>
      </blockquote>
      <WhenField value={form.value} onChange={form.change} fault={form.fault} onKeyDown={onKeyDown} />
      <p>{words('scheduled.text')}</p>
      <div className="ui-actions">
        <Button onClick={onClose}>{words('scheduled.back')}</Button>
        <Button variant="primary" icon="check" busy={form.state === 'busy'} onClick={() => void form.submit()}>
          {words('scheduled.plan')}
        </Button>
      </div>
    </div>
  );
}

function whyNotNow(body: string, hasMedia: boolean): ScheduledWord | undefined {
  if (body.trim() === '') return 'scheduled.body.empty';
  if (hasMedia) return 'scheduled.media';
  return isShort(body) ? undefined : 'scheduled.body.long';
}

function usePlan({ conversation, body, replyTo, draft, onTaken, onClose }: SendLaterProps & { onClose: () => void }) {
  const words = useWords<ScheduledWord>();
  const format = useFormat();
  const say = useToast();
  const authored = useAuthored();
  const hours = useLive(openHours, []);
  const { state, act } = useAct(draft);
  const [chosen, setChosen] = useState<string>();
  const [tries, setTries] = useState(0);
  const value = chosen ?? (hours === undefined ? '' : fieldOf(firstOffer(Date.now(), hours)));
  const fault = whenFault(value, Date.now());
  async function submit(): Promise<void> {
    setTries(tries + 1);
    if (fault !== undefined) return;
    const sendAt = timeIn(value);
    const { id: of, kind, client } = conversation;
    const said = { conversation: of, kind, body: body.trim(), sendAt };
    const more = { ...(client !== undefined && { client }), ...(replyTo !== undefined && { replyTo }) };
    if (!(await act({ name: plan.name, args: { ...authored(), ...said, ...more } }))) return;
    onTaken();
    onClose();
    say({ text: words('scheduled.planned.said', { time: `${format.day(sendAt)}, ${format.time(sendAt)}` }) });
  }
  return { value, state, change: setChosen, fault: tries > 0 ? fault : undefined, submit };
}
