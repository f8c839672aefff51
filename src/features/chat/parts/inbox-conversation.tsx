import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import type { QueuedConversation } from '../queries-duty.ts';
import type { ChatWord } from '../words/catalogue.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { Closed } from './closed.tsx';
import { Composer } from './composer.tsx';
import { DutyActions } from './duty-actions.tsx';
import type { DutyVerb } from './duty-actions.tsx';
import { DutyMarks } from './duty-marks.tsx';
import { useTitle } from './use-title.ts';
import { WaitingWords } from './waiting-words.tsx';

export interface InboxConversationProps {
  conversation: QueuedConversation;
  /** Null where nothing waits. */
  dueAt: string | null;
  nowMs: number;
  href: string;
  isReplying: boolean;
  /** How long it waits and nothing of what was said. */
  isAgeOnly: boolean;
  /** Whose it is, beside the composer. */
  header: ReactNode;
  adviceOf: ((body: string) => ReactNode) | undefined;
  onAct: (verb: DutyVerb, conversation: QueuedConversation) => void;
  onSent: (conversation: QueuedConversation) => void;
  onClose: () => void;
}

/** One conversation of the queue: read what waits, answer it, or decide about it, without leaving the list. */
export function InboxConversation(props: InboxConversationProps) {
  const { conversation, dueAt, nowMs, href, isReplying, isAgeOnly, header, adviceOf, onAct, onSent, onClose } = props;
  const { id, unread, duty, closed, answeredAt, isOnClient } = conversation;
  const title = useTitle()(conversation);
  const words = useWords<ChatWord | DutyWord>();
  const format = useFormat();
  const item = useRef<HTMLLIElement>(null);
  // The control that had the focus goes; the row it belonged to keeps the place.
  const stay = () => item.current?.focus();
  return (
    <li ref={item} className="inbox-item" tabIndex={-1} data-entry={id}>
      <div className="inbox-item-head">
        <h3>
          <Link href={href}>{title}</Link>
        </h3>
        {unread > 0 && <Badge kind="attention">{words('chat.unread', { count: unread })}</Badge>}
        {duty && dueAt !== null && <DutyMarks {...{ duty, dueAt, nowMs }} />}
        {closed && <Badge kind="attention">{words('chat.closed.short')}</Badge>}
        {duty === null && <Badge>{words(isOnClient ? 'duty.onClient' : 'duty.done')}</Badge>}
        {isOnClient && answeredAt && (
          <span className="inbox-item-time">{words('duty.answered', { time: format.dateTime(answeredAt) })}</span>
        )}
        {duty && <span className="inbox-item-time">{words('duty.since', { time: format.dateTime(duty.since) })}</span>}
      </div>
      {duty && !isAgeOnly && <WaitingWords conversation={conversation} open={duty.open} />}
      {isReplying && !isAgeOnly && (
        <>
          {closed ? (
            <Closed {...{ conversation, closed }} other={undefined} />
          ) : (
            <Composer
              clientName={words('chat.theClient')}
              {...{ conversation, header, adviceOf }}
              hasFocus
              onSent={() => {
                stay();
                onSent(conversation);
              }}
            />
          )}
          <Button
            onClick={() => {
              stay();
              onClose();
            }}
          >
            {words('duty.stop')}
          </Button>
        </>
      )}
      {!isReplying && !isAgeOnly && duty && (
        <DutyActions
          {...{ duty, nowMs }}
          begins={closed ? 'open' : 'reply'}
          onAct={(verb) => {
            if (verb !== 'reply' && verb !== 'delegate') stay();
            onAct(verb, conversation);
          }}
        />
      )}
    </li>
  );
}
