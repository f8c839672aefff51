import type { ReactNode } from 'react';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { messagesOf } from '../doc-fold.ts';
import { CHAT } from '../doc-names.ts';
import { trailOf } from '../doc-trail.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { Quoted } from '../schema-head.ts';
import type { ChatWord } from '../words/catalogue.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';

export interface HandDialogProps {
  conversation: ConversationView;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  /** The messages that wait; of none, the client's newest is handed over. */
  open: readonly string[];
  onCancel: () => void;
  onHand: (message: string, quotes: readonly Quoted[]) => void;
}

/** Shows the words that go over to the care team before they do. */
export function HandDialog({ conversation, header, open, onCancel, onHand }: HandDialogProps) {
  const words = useWords<ChatWord | DutyWord>();
  const doc = useDoc(`${CHAT}:${conversation.id}:${conversation.segment}`);
  const staff = useLive(staffNames, []);
  if (doc === undefined || staff === undefined) return <Skeleton rows={2} />;
  const trail = trailOf(messagesOf(doc), { open, isStaff: (by) => staff.has(by) });
  return (
    <div className="ui-stack">
      {header}
      <p>{words(trail ? 'duty.hand.text' : 'duty.hand.nothing')}</p>
      {trail?.quotes.map((quote) => (
        <blockquote key={`${quote.at} ${quote.by} ${quote.body}`} className="chat-quote">
          <p className="ui-muted">{staff.get(quote.by) ?? words('chat.theClient')}</p>
          <UserText>{quote.body}</UserText>
        </blockquote>
      ))}
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('duty.cancel')}</Button>
        {trail && (
          <Button
            variant="primary"
            onClick={() => {
              onHand(trail.message, trail.quotes);
              onCancel();
            }}
          >
            {words('duty.hand.do')}
          </Button>
        )}
      </div>
    </div>
  );
}
