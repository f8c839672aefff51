import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ScheduledView } from '../queries.ts';
import { isOpen } from '../schema.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { ScheduledProblem } from './scheduled-problem.tsx';
import { useScheduledActs } from './use-scheduled-acts.ts';
import type { ScheduledActs } from './use-scheduled-acts.ts';

interface RowsProps {
  messages: readonly ScheduledView[];
  /** Names the list where no heading does. */
  label: string;
  /** Whose record it is, for the one that is being changed. */
  headerOf: (message: ScheduledView) => ReactNode;
  /** It is said at each, where they are of several. */
  isOfSeveral?: boolean;
  /** When somebody else wrote last: what was planned before that is to be read again. */
  lastAt?: string | undefined;
  hrefOf?: (message: ScheduledView) => string;
}

/** What goes later, and what did not go, with what can be done about each. */
export function ScheduledRows({ messages, label, headerOf, isOfSeveral = false, lastAt, hrefOf }: RowsProps) {
  const acts = useScheduledActs();
  const [changing, setChanging] = useState<ScheduledView | null>(null);
  const close = () => setChanging(null);
  return (
    <>
      <ScheduledProblem state={acts.state} />
      {messages.length > 0 && (
        <List label={label}>
          {messages.map((message) => (
            <Row
              key={message.id}
              {...{ message, acts, lastAt }}
              href={hrefOf?.(message)}
              header={isOfSeveral && headerOf(message)}
              onChange={() => setChanging(message)}
            />
          ))}
        </List>
      )}
      <ChangeDialog message={changing} header={changing && headerOf(changing)} onClose={close} />
    </>
  );
}

interface RowProps extends Pick<RowsProps, 'lastAt'> {
  message: ScheduledView;
  acts: ScheduledActs;
  href: string | undefined;
  header: ReactNode;
  onChange: () => void;
}

function Row({ message, acts, lastAt, href, header, onChange }: RowProps) {
  const words = useWords<ScheduledWord>();
  const { id, body, status, reason, isOwn, sent, writtenAt } = message;
  const hasFailed = status === 'failed';
  const isOld = lastAt !== undefined && message.automation === undefined && lastAt > writtenAt && isOpen(message);
  return (
    <ListRow
      title={useGoes(message)}
      href={href}
      meta={<Badge kind={hasFailed ? 'attention' : 'neutral'}>{words(`scheduled.state.${status}`)}</Badge>}
      foot={
        isOpen(message) && (
          <div className="ui-actions">
            {isOwn && <Button onClick={onChange}>{words('scheduled.change')}</Button>}
            {isOwn && <Button onClick={() => acts.sendNow(id)}>{words('scheduled.now')}</Button>}
            <Button onClick={() => acts.cancel(id)}>
              {words(hasFailed ? 'scheduled.remove' : 'scheduled.cancel')}
            </Button>
          </div>
        )
      }
    >
      {header}
      <UserText>{body}</UserText>
      <p className="ui-muted">{useAuthor(message)}</p>
      {hasFailed && reason && <p>{words(`scheduled.reason.${reason}`)}</p>}
      {isOld && <Notice>{words('scheduled.since')}</Notice>}
      {!sent && <p className="ui-muted">{words('scheduled.unsent')}</p>}
    </ListRow>
  );
}

/** Who wrote it, or which rule it follows. */
function useAuthor({ isOwn, authorName, automation }: ScheduledView): string {
  const words = useWords<ScheduledWord>();
  if (automation) return words(`scheduled.rule.${automation.trigger}`);
  return isOwn ? words('scheduled.byYou') : words('scheduled.by', { name: authorName ?? words('scheduled.someone') });
}

/** When it goes, was to go, or that it is going. */
function useGoes({ status, sendAt }: ScheduledView): string {
  const words = useWords<ScheduledWord>();
  const format = useFormat();
  const isDue = Date.parse(sendAt) <= useNow();
  const time = `${format.day(sendAt)}, ${format.time(sendAt)}`;
  if (status === 'failed') return words('scheduled.meant', { time });
  return isDue ? words('scheduled.goesNow') : words('scheduled.goes', { time });
}
