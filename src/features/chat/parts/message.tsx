import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import type { LadderState } from '../../../ui/ladder.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ChatItem } from '../doc-fold.ts';
import { CHAT_REACTIONS } from '../doc-shape.ts';
import type { ChatReaction } from '../doc-shape.ts';
import { wordingKey } from './unread.ts';
import type { ChatWord } from '../words/catalogue.ts';
import './message.css';

export interface MessageProps {
  item: ChatItem;
  me: string;
  nameOf: (by: string) => string;
  /** How far one's own has come, where it is to be said. */
  state: LadderState | undefined;
  /** It is one's own and has not left this device. */
  isUnsent: boolean;
  /** The care team goes on reading what was taken back. */
  seesRetracted: boolean;
  onRetract: () => void;
  onReact: (reaction: ChatReaction | null) => void;
}

/** One message: who, when, what, and what came of it. */
export function Message({ item, me, nameOf, state, isUnsent, seesRetracted, onRetract, onReact }: MessageProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const isOwn = item.by === me;
  const seenBy = item.readBy.map(({ by }) => nameOf(by));
  return (
    <li data-message={wordingKey(item)} className={isOwn ? 'chat-message chat-message-own' : 'chat-message'}>
      <p className="chat-message-head">
        <strong>
          <UserName>{nameOf(item.automatic?.onBehalfOf ?? item.by)}</UserName>
        </strong>
        <span className="ui-muted">
          {item.automatic && <>{words('chat.automatic')} · </>}
          <time dateTime={item.at}>{format.time(item.at)}</time>
          {item.earlier.length > 0 && <> · {words('chat.corrected')}</>}
        </span>
      </p>
      <Body item={item} seesRetracted={seesRetracted} />
      <Reactions item={item} nameOf={nameOf} />
      <div className="chat-message-foot">
        {isOwn && state && state !== 'seen' && <Ladder state={state} />}
        {isOwn && state === 'seen' && (
          <span className="chat-seen">
            <Icon name="eye" />
            {words('chat.seenBy', { names: format.list(seenBy) })}
          </span>
        )}
        {isOwn && item.retractedAt === undefined && <TakeBack isUnsent={isUnsent} onRetract={onRetract} />}
        {!isOwn && item.retractedAt === undefined && <React item={item} me={me} onReact={onReact} />}
      </div>
    </li>
  );
}

function Body({ item, seesRetracted }: Pick<MessageProps, 'item' | 'seesRetracted'>) {
  const words = useWords<ChatWord>();
  if (item.retractedAt === undefined) return <UserText>{item.body}</UserText>;
  return (
    <>
      <p className="ui-muted">{words('chat.retracted')}</p>
      {seesRetracted && (
        <details>
          <summary>{words('chat.retracted.show')}</summary>
          <UserText>{item.body}</UserText>
        </details>
      )}
    </>
  );
}

function Reactions({ item, nameOf }: Pick<MessageProps, 'item' | 'nameOf'>) {
  const words = useWords<ChatWord>();
  if (item.reactions.length === 0) return null;
  return (
    <ul className="chat-reactions" role="list">
      {item.reactions.map(({ by, reaction }) => (
        <li key={by}>
          {words('chat.reaction.by', { reaction: words(`chat.reaction.${reaction}`), name: nameOf(by) })}
        </li>
      ))}
    </ul>
  );
}

/** Four words to choose from; the chosen one pressed again is taken away. */
function React({ item, me, onReact }: Pick<MessageProps, 'item' | 'me' | 'onReact'>) {
  const words = useWords<ChatWord>();
  const [isOpen, setOpen] = useState(false);
  const mine = item.reactions.find(({ by }) => by === me)?.reaction;
  if (!isOpen) {
    return (
      <button type="button" className="chat-act" aria-expanded={false} onClick={() => setOpen(true)}>
        {words('chat.react')}
      </button>
    );
  }
  return (
    <div role="group" aria-label={words('chat.react.to')} className="ui-actions">
      {CHAT_REACTIONS.map((reaction, i) => (
        <Button
          key={reaction}
          autoFocus={i === 0}
          aria-pressed={reaction === mine}
          onClick={() => {
            onReact(reaction === mine ? null : reaction);
            setOpen(false);
          }}
        >
          {words(`chat.reaction.${reaction}`)}
        </Button>
      ))}
    </div>
  );
}

function TakeBack({ isUnsent, onRetract }: Pick<MessageProps, 'isUnsent' | 'onRetract'>) {
  const words = useWords<ChatWord>();
  const [asks, setAsks] = useState(false);
  const close = () => setAsks(false);
  return (
    <>
      <button type="button" className="chat-act" onClick={() => setAsks(true)}>
        {words('chat.retract')}
      </button>
      <Dialog
        open={asks}
        onClose={close}
        title={words('chat.retract.title')}
        actions={
          <>
            <Button onClick={close}>{words('chat.retract.keep')}</Button>
            <Button
              variant="danger"
              onClick={() => {
                close();
                onRetract();
              }}
            >
              {words('chat.retract')}
            </Button>
          </>
        }
      >
        <p>{words(isUnsent ? 'chat.retract.unsent' : 'chat.retract.text')}</p>
      </Dialog>
    </>
  );
}
