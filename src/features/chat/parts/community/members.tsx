import { useState } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import type { Reader } from '../../../../sync/client/reader.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { List, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { SelectField } from '../../../../ui/select-field.tsx';
import { UserName } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { UiWord } from '../../../../ui/words/en.ts';
import { useAct, useAuthored } from '../../../use-act.ts';
import { leave } from '../../mutators-join.ts';
import { participantsIn } from '../../queries-community.ts';
import type { ParticipantView } from '../../queries-community.ts';
import type { ChatWord } from '../../words/catalogue.ts';

/** Somebody who can be asked or taken in; `args` as its act names him. */
export interface Candidate {
  readonly key: string;
  readonly label: string;
  readonly act: string;
  readonly args: Readonly<Record<string, string>>;
}

export interface MembersProps {
  conversation: string;
  /** For the staff: who else could take part, and the act that takes somebody out. */
  tools?: { readonly read: (reader: Reader) => Promise<readonly Candidate[]>; readonly takeOut: string } | undefined;
}

/** Who takes part in a community, with the way out; for the staff also the way in. */
export function Members({ conversation, tools }: MembersProps) {
  const words = useWords<ChatWord>();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="ui-actions">
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words('chat.members')}
      </Button>
      <Dialog open={isOpen} onClose={close} title={words('chat.members')}>
        {isOpen && <Opened conversation={conversation} tools={tools} onClose={close} />}
      </Dialog>
    </div>
  );
}

function Opened({ conversation, tools, onClose }: MembersProps & { onClose: () => void }) {
  const words = useWords<ChatWord | UiWord>();
  const authored = useAuthored();
  const { state, act } = useAct();
  const members = useLive((reader) => participantsIn(reader, conversation), [conversation]) ?? [];
  const said = () => {
    const { id: _, ...rest } = authored();
    return { ...rest, conversation };
  };
  const takeOut = async ({ id, invitation }: ParticipantView) => {
    if (tools === undefined) return;
    await act({ name: tools.takeOut, args: { ...said(), participant: id, ...(invitation && { invitation }) } });
  };
  return (
    <div className="ui-stack">
      <p>{words('chat.members.seen')}</p>
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words(state === 'full' ? 'ui.full' : state === 'failed' ? 'chat.members.failed' : 'chat.members.refused')}
        </Notice>
      )}
      <List label={words('chat.members')}>
        {members.map((one) => (
          <ListRow
            key={one.id}
            title={one.isMe ? words('chat.you') : <UserName>{one.name}</UserName>}
            meta={one.isStaff && words('chat.members.staff')}
            foot={
              tools && !one.isMe ? (
                <Button onClick={() => void takeOut(one)}>{words('chat.members.takeOut', { name: one.name })}</Button>
              ) : undefined
            }
          />
        ))}
      </List>
      {tools && <Ways read={tools.read} onAct={(one) => act({ name: one.act, args: { ...said(), ...one.args } })} />}
      <div className="ui-actions">
        <Button onClick={onClose}>{words('chat.members.close')}</Button>
        <Button
          variant="danger"
          onClick={() => void act({ name: leave.name, args: said() }).then((isKept) => isKept && onClose())}
        >
          {words('chat.leave')}
        </Button>
      </div>
      <p className="ui-muted">{words('chat.leave.text')}</p>
    </div>
  );
}

interface WaysProps {
  read: (reader: Reader) => Promise<readonly Candidate[]>;
  onAct: (one: Candidate) => Promise<boolean>;
}

function Ways({ read, onAct }: WaysProps) {
  const words = useWords<ChatWord>();
  const all = useLive(read, [read]) ?? [];
  const [key, setKey] = useState<string>();
  const [done, setDone] = useState<string>();
  const chosen = all.find((one) => one.key === key);
  async function add(one: Candidate): Promise<void> {
    if (!(await onAct(one))) return;
    setDone(one.label);
    setKey(undefined);
  }
  return (
    <>
      <SelectField
        label={words('chat.members.add')}
        hint={words('chat.members.add.hint')}
        options={all.map(({ key: value, label }) => ({ value, label }))}
        value={key}
        onChange={setKey}
      />
      {done !== undefined && (
        <p role="status" className="ui-muted">
          {words('chat.members.added', { name: done })}
        </p>
      )}
      <div className="ui-actions">
        <Button onClick={() => chosen && void add(chosen)}>{words('chat.members.add.do')}</Button>
      </div>
    </>
  );
}
