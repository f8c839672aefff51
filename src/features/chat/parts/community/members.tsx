import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { JsonObject } from '../../../../base/json.ts';
import { useLive } from '../../../../sync/client/react.ts';
import type { Reader } from '../../../../sync/client/reader.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { List, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { SelectField } from '../../../../ui/select-field.tsx';
import { useFaultFocus } from '../../../../ui/use-fault-focus.ts';
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
  /** The reader has left: this conversation is not his any more. */
  onLeft: () => void;
  /** For the staff: who else could take part, and the acts that take somebody out and put him back. */
  tools?:
    | {
        readonly read: (reader: Reader) => Promise<readonly Candidate[]>;
        readonly takeOut: string;
        readonly putBack: string;
      }
    | undefined;
}

/** Who takes part in a community, with the way out; for the staff also the way in. */
export function Members({ conversation, onLeft, tools }: MembersProps) {
  const words = useWords<ChatWord>();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="ui-actions">
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words('chat.members')}
      </Button>
      <Dialog open={isOpen} onClose={close} title={words('chat.members')}>
        {isOpen && <Opened {...{ conversation, onLeft, tools }} onClose={close} />}
      </Dialog>
    </div>
  );
}

function Opened({ conversation, onLeft, tools, onClose }: MembersProps & { onClose: () => void }) {
  const words = useWords<ChatWord | UiWord>();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [out, setOut] = useState<Out>();
  const told = useRef<HTMLDivElement>(null);
  // The button went with who was taken out.
  useEffect(() => {
    if (out !== undefined) told.current?.focus();
  }, [out]);
  const members = useLive((reader) => participantsIn(reader, conversation), [conversation]) ?? [];
  const said = () => {
    const { id: _, ...rest } = authored();
    return { ...rest, conversation };
  };
  const takeOut = async ({ id, invitation, name }: ParticipantView) => {
    if (tools === undefined) return;
    const args = { ...said(), participant: id, ...(invitation && { invitation }) };
    if (await act({ name: tools.takeOut, args })) setOut({ name, args });
  };
  const putBack = async ({ args }: Out) => {
    if (tools !== undefined && (await act({ name: tools.putBack, args: { ...args, ...said() } }))) setOut(undefined);
  };
  const staying = members.find(({ member, isMe }) => member !== undefined && !isMe)?.member;
  const isLast = staying === undefined && members.some(({ isStaff, isMe }) => isStaff && isMe);
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
      {out !== undefined && (
        <div ref={told} tabIndex={-1} className="ui-actions">
          <span className="ui-muted">{words('chat.members.out', { name: out.name })}</span>
          <Button onClick={() => void putBack(out)}>{words('ui.undo')}</Button>
        </div>
      )}
      {tools && <Ways read={tools.read} onAct={(one) => act({ name: one.act, args: { ...said(), ...one.args } })} />}
      {isLast && <p>{words('chat.leave.last')}</p>}
      <LeaveOrClose
        {...{ onClose, onLeft, isLast }}
        onLeave={() => act({ name: leave.name, args: { ...said(), ...(staying && { staying }) } })}
      />
    </div>
  );
}

/** Who was taken out a moment ago, and by which act. */
interface Out {
  readonly name: string;
  readonly args: JsonObject;
}

interface LeaveProps {
  /** The last of the staff: clients are not left among themselves. */
  isLast: boolean;
  onClose: () => void;
  onLeave: () => Promise<boolean>;
  onLeft: () => void;
}

/** The way out is asked about once: of the staff, who is out comes back only by a colleague’s hand. */
function LeaveOrClose({ isLast, onClose, onLeave, onLeft }: LeaveProps) {
  const words = useWords<ChatWord>();
  const [asks, setAsks] = useState(false);
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asks) stay.current?.focus();
  }, [asks]);
  if (!asks) {
    return (
      <div className="ui-actions">
        {!isLast && <Button onClick={() => setAsks(true)}>{words('chat.leave')}</Button>}
        <Button onClick={onClose}>{words('chat.members.close')}</Button>
      </div>
    );
  }
  return (
    <>
      <p>{words('chat.leave.text')}</p>
      <div className="ui-actions">
        <Button ref={stay} onClick={onClose}>
          {words('chat.leave.not')}
        </Button>
        <Button variant="danger" onClick={() => void onLeave().then((isKept) => isKept && onLeft())}>
          {words('chat.leave')}
        </Button>
      </div>
    </>
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
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const chosen = all.find((one) => one.key === key);
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(chosen === undefined ? tries + 1 : 0);
    if (chosen === undefined || !(await onAct(chosen))) return;
    setDone(chosen.label);
    setKey(undefined);
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={(event) => void add(event)}>
      <SelectField
        label={words('chat.members.add')}
        hint={words('chat.members.add.hint')}
        options={all.map(({ key: value, label }) => ({ value, label }))}
        error={tries > 0 && chosen === undefined ? words('chat.begin.whom.missing') : undefined}
        value={key}
        onChange={setKey}
      />
      {done !== undefined && (
        <p role="status" className="ui-muted">
          {words('chat.members.added', { name: done })}
        </p>
      )}
      <div className="ui-actions">
        <Button type="submit">{words('chat.members.add.do')}</Button>
      </div>
    </form>
  );
}
