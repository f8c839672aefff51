import type { ReactNode } from 'react';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { messagesOf } from '../doc-fold.ts';
import { CHAT } from '../doc-names.ts';
import { trailOf } from '../doc-trail.ts';
import type { Trail } from '../doc-trail.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { Duty } from '../schema-duty.ts';
import type { ChatWord } from '../words/catalogue.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { QuotedWords } from './quoted-words.tsx';
import { useNames } from './use-names.ts';

export interface HandDialogProps {
  conversation: ConversationView;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  /** What waits; of nothing, the client's newest is handed over. */
  duty: Duty | undefined;
  onCancel: () => void;
  onHand: (trail: Trail) => void;
}

/** Shows the words that go over to the care team before they do. */
export function HandDialog({ conversation, header, duty, onCancel, onHand }: HandDialogProps) {
  const words = useWords<ChatWord | DutyWord>();
  const doc = useDoc(`${CHAT}:${conversation.id}:${conversation.segment}`);
  const staff = useLive(staffNames, []);
  const nameOf = useNames(words('chat.theClient'));
  if (doc === undefined || staff === undefined) return <Skeleton rows={2} />;
  const trail = trailOf(messagesOf(doc), { duty, isStaff: (by) => staff.has(by) });
  return (
    <div className="ui-stack">
      {header}
      <p>{words(trail ? 'duty.hand.text' : 'duty.hand.nothing')}</p>
      {trail?.quotes.map(({ by, at, body, media }) => (
        <blockquote key={`${at} ${by} ${body}`} className="chat-quote">
          <p className="ui-muted">
            <UserName>{nameOf(by)}</UserName>
          </p>
          <QuotedWords body={body} hasMedia={media !== undefined} />
        </blockquote>
      ))}
      {trail && trail.left > 0 && <Notice kind="attention">{words('duty.hand.left', { count: trail.left })}</Notice>}
      <div className="ui-actions">
        <Button onClick={onCancel}>{words('duty.cancel')}</Button>
        {trail && (
          <Button
            variant="primary"
            onClick={() => {
              onHand(trail);
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
