import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ChatItem } from '../doc-fold.ts';
import { CHAT_REACTIONS } from '../doc-shape.ts';
import type { ChatReaction } from '../doc-shape.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface MessageActsProps {
  item: ChatItem;
  me: string;
  /** It is one's own and has not left this device. */
  isUnsent: boolean;
  /** The conversation has ended: nothing more is said in it. What was said can be taken back, and reacted to. */
  isClosed: boolean;
  onRetract: () => void;
  onReact: (reaction: ChatReaction | null) => void;
  onReply: () => void;
  onCorrect: () => void;
}

/** What one can do with a message: answer it, and one's own say better or take back, another's react to. */
export function MessageActs(props: MessageActsProps) {
  const { item, me, isUnsent, isClosed, onRetract, onReact, onReply, onCorrect } = props;
  const words = useWords<ChatWord>();
  if (item.retractedAt !== undefined) return null;
  const isOwn = item.by === me;
  return (
    <div className="chat-acts">
      {!isOwn && <React item={item} me={me} onReact={onReact} />}
      {!isClosed && (
        <button type="button" className="chat-act" onClick={onReply}>
          {words('chat.replyTo')}
        </button>
      )}
      {isOwn && !isClosed && (
        <button type="button" className="chat-act" onClick={onCorrect}>
          {words('chat.correct')}
        </button>
      )}
      {isOwn && <TakeBack isUnsent={isUnsent} onRetract={onRetract} />}
    </div>
  );
}

/** Four words to choose from; the chosen one pressed again is taken away. */
function React({ item, me, onReact }: Pick<MessageActsProps, 'item' | 'me' | 'onReact'>) {
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

function TakeBack({ isUnsent, onRetract }: Pick<MessageActsProps, 'isUnsent' | 'onRetract'>) {
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
