import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../../ui/use-fault-focus.ts';
import { UserName, UserText } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { UiWord } from '../../../../ui/words/en.ts';
import { useAct, useAuthored } from '../../../use-act.ts';
import { join } from '../../mutators-join.ts';
import { askedHere } from '../../queries-community.ts';
import type { Asked } from '../../queries-community.ts';
import { NAME_MAX } from '../../schema-community.ts';
import type { ChatWord } from '../../words/catalogue.ts';

/** The communities to which a client was asked: what others learn of her there is said before she joins. */
export function Invitations({ client }: { client: string }) {
  const words = useWords<ChatWord>();
  const all = useLive((reader) => askedHere(reader, client), [client]) ?? [];
  const [joining, setJoining] = useState<Asked | null>(null);
  const [joined, setJoined] = useState<string>();
  const said = useRef<HTMLParagraphElement>(null);
  const stop = () => setJoining(null);
  const finish = ({ topic }: Asked) => {
    stop();
    setJoined(topic);
  };
  // The button from which she came is gone with the invitation.
  useEffect(() => {
    if (joined !== undefined) said.current?.focus();
  }, [joined]);
  return (
    <>
      {joined !== undefined && (
        <p ref={said} tabIndex={-1}>
          {words('chat.asked.joined', { topic: joined })}
        </p>
      )}
      {(all.length > 0 || joining !== null) && (
        <section className="ui-stack" aria-labelledby="chat-asked">
          <h2 id="chat-asked">{words('chat.asked')}</h2>
          {all.map((one) => (
            <div key={one.conversation} className="ui-stack">
              <p>
                <UserName>{one.topic}</UserName>
              </p>
              <div className="ui-actions">
                <Button onClick={() => setJoining(one)}>{words('chat.asked.join')}</Button>
              </div>
            </div>
          ))}
          <Dialog open={joining !== null} onClose={stop} title={words('chat.asked.title')}>
            {joining && <JoinForm asked={joining} onCancel={stop} onJoined={() => finish(joining)} />}
          </Dialog>
        </section>
      )}
    </>
  );
}

interface JoinFormProps {
  asked: Asked;
  onCancel: () => void;
  onJoined: () => void;
}

function JoinForm({ asked, onCancel, onJoined }: JoinFormProps) {
  const words = useWords<ChatWord | UiWord>();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [name, setName] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const isEmpty = name.trim() === '';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (isEmpty) return;
    const { id: _, ...said } = authored();
    const { conversation, client } = asked;
    if (await act({ name: join.name, args: { ...said, conversation, client, name: name.trim() } })) onJoined();
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      <UserText>{asked.topic}</UserText>
      <p>{words('chat.asked.consent')}</p>
      <p>{words('chat.asked.leave')}</p>
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words(state === 'full' ? 'ui.full' : state === 'failed' ? 'chat.members.failed' : 'chat.members.refused')}
        </Notice>
      )}
      <TextField
        label={words('chat.asked.name')}
        hint={words('chat.asked.name.hint')}
        autoComplete="off"
        maxLength={NAME_MAX}
        error={tries > 0 && isEmpty ? words('chat.asked.name.missing') : undefined}
        value={name}
        onChange={setName}
      />
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('chat.asked.not')}</Button>
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('chat.asked.join')}
        </Button>
      </div>
    </form>
  );
}
