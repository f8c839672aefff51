import { memo, useRef } from 'react';
import type { ReactNode } from 'react';
import { Link } from '../../../ui/link.tsx';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import type { CommentAdvice } from './client-heading.ts';
import { CommentForm } from './comment-form.tsx';
import { Comments } from './comments.tsx';
import { EntryContent } from './entry-content.tsx';
import { KindName } from './entry-list.tsx';
import { EntryMarks } from './entry-marks.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';
import type { InboxVerb } from '../../inbox/schema.ts';
import { ItemActions } from './item-actions.tsx';
import { LateArrival } from './late-arrival.tsx';
import { Reactions } from './reactions.tsx';

export interface InboxItemProps {
  entry: EntryView;
  marks: Marks | undefined;
  nowMs: number;
  names: ReadonlyMap<string, string>;
  href: string;
  /** The composer is open. */
  replying: boolean;
  /** These are the same at every drawing, as all that is given here: of a list only what has changed is drawn anew. */
  onReply: (entry: string | null) => void;
  onAct: (verb: InboxVerb, entry: EntryView) => void;
  /** `said` tells where the comment is now. */
  onCommented: (entry: EntryView, said: string) => void;
  /** Whose it is, beside the composer; nothing where that is closed. */
  header: ReactNode;
  advice: CommentAdvice | undefined;
}

/** One entry of the queue: read it, mark it, answer it, without leaving the list. */
export const InboxItem = memo(function InboxItem(props: InboxItemProps) {
  const { entry, marks, nowMs, names, href, replying, onReply, onAct, onCommented, header, advice } = props;
  const item = useRef<HTMLLIElement>(null);
  function close(): void {
    onReply(null);
    // The control that had the focus goes; the entry it belonged to keeps the place.
    item.current?.focus();
  }
  function act(verb: InboxVerb): void {
    // The button that was pressed may go; not where a composer or a dialog takes the focus, or another chip may be wanted.
    if (verb === 'seen' || verb === 'noReply' || verb === 'snooze') item.current?.focus();
    onAct(verb, entry);
  }
  return (
    <li ref={item} className="inbox-item" tabIndex={-1} data-entry={entry.id}>
      <div className="inbox-item-head">
        <h3>
          <Link href={href}>
            <KindName kind={entry.kind} />
          </Link>
        </h3>
        <EntryState entry={entry} />
        <EntryMarks {...{ entry, marks, nowMs, names }} />
        <span className="inbox-item-time">
          <EntryTime at={entry.at} zone={entry.zone} />
        </span>
      </div>
      <LateArrival entry={entry} />
      <EntryContent content={entry.content} client={entry.client} clamped />
      <Reactions entry={entry} names={names} />
      <Comments client={entry.client} comments={entry.comments} names={names} />
      {replying ? (
        <CommentForm
          entry={entry}
          header={header}
          advice={advice}
          focus
          onSent={(said) => {
            onCommented(entry, said);
            close();
          }}
          onClose={close}
        />
      ) : (
        <ItemActions entry={entry} marks={marks} onAct={act} />
      )}
    </li>
  );
});
