import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { CommentAdvice } from './client-heading.ts';
import { CommentForm } from './comment-form.tsx';
import { Comments } from './comments.tsx';
import { EntryContent } from './entry-content.tsx';
import { KindName } from './entry-list.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';
import { LateArrival } from './late-arrival.tsx';

export interface InboxItemProps {
  entry: EntryView;
  names: ReadonlyMap<string, string>;
  href: string;
  /** The composer is open. */
  replying: boolean;
  onReply: (open: boolean) => void;
  onSeen: () => void;
  /** `said` tells where the comment is now. */
  onCommented: (said: string) => void;
  /** Whose it is, beside the composer. */
  header: ReactNode;
  advice: CommentAdvice | undefined;
}

/** One entry of the queue: read it, mark it, answer it, without leaving the list. */
export function InboxItem(props: InboxItemProps) {
  const { entry, names, href, replying, onReply, onCommented, header, advice } = props;
  const item = useRef<HTMLLIElement>(null);
  function close(): void {
    onReply(false);
    // The control that had the focus goes; the entry it belonged to keeps the place.
    item.current?.focus();
  }
  return (
    <li ref={item} className="journal-item" tabIndex={-1} data-entry={entry.id}>
      <div className="journal-item-head">
        <h3>
          <Link href={href}>
            <KindName kind={entry.kind} />
          </Link>
        </h3>
        <EntryState entry={entry} />
        <span className="journal-item-time">
          <EntryTime at={entry.at} zone={entry.zone} />
        </span>
      </div>
      <LateArrival entry={entry} />
      <EntryContent content={entry.content} client={entry.client} clamped />
      <Comments comments={entry.comments} names={names} />
      {replying ? (
        <CommentForm
          entry={entry}
          header={header}
          advice={advice}
          focus
          onSent={(said) => {
            onCommented(said);
            close();
          }}
          onClose={close}
        />
      ) : (
        <ItemActions {...props} onSeen={() => (item.current?.focus(), props.onSeen())} />
      )}
    </li>
  );
}

function ItemActions({ entry, onReply, onSeen }: InboxItemProps) {
  const words = useWords<JournalWord>();
  return (
    <div className="ui-actions">
      {entry.news !== null && (
        <Button icon="eye" onClick={onSeen}>
          {words('journal.seen.do')}
        </Button>
      )}
      <Button icon="comment" onClick={() => onReply(true)}>
        {words('journal.inbox.reply')}
      </Button>
    </div>
  );
}
