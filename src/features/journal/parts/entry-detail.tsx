import { Button } from '../../../ui/button.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useWorkspace } from '../../../sync/client/react.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import type { ClientHeading, CommentAdvice } from './client-heading.ts';
import { CommentForm } from './comment-form.tsx';
import { Comments, useNameOf } from './comments.tsx';
import { EntryContent } from './entry-content.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';
import { LateArrival } from './late-arrival.tsx';
import { Reactions } from './reactions.tsx';
import { useMarkSeen } from './use-mark-seen.ts';
import './entry-detail.css';

export interface EntryDetailProps {
  entry: EntryView;
  names: ReadonlyMap<string, string>;
  viewer: 'client' | 'staff';
  clientHeader?: ClientHeading | undefined;
  commentAdvice?: CommentAdvice | undefined;
}

export function EntryDetail({ entry, names, viewer, clientHeader, commentAdvice }: EntryDetailProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const { mark, state } = useMarkSeen();
  return (
    <>
      <article className="journal-detail">
        <p className="ui-muted">
          <EntryTime at={entry.at} zone={entry.zone} full />
        </p>
        {viewer === 'staff' && <LateArrival entry={entry} />}
        <EntryContent content={entry.content} client={entry.client} />
        <EarlierWordings entry={entry} />
        <div className="ui-actions">
          {viewer === 'client' ? <Ladder state={entry.delivery} /> : <EntryState entry={entry} />}
        </div>
        <Reactions entry={entry} names={names} />
        <SeenBy entry={entry} names={names} />
        <ActNotice state={state} />
        {viewer === 'staff' && entry.news !== null && (
          <div className="ui-actions">
            <Button variant="primary" icon="eye" onClick={() => void mark(entry)}>
              {words('journal.seen.do')}
            </Button>
          </div>
        )}
      </article>
      <section className="journal-detail">
        <h2>{words('journal.comments')}</h2>
        {entry.comments.length === 0 && <p className="ui-muted">{words('journal.comments.none')}</p>}
        <Comments client={entry.client} comments={entry.comments} names={names} />
        <CommentForm entry={entry} header={clientHeader?.(entry.client, 'line')} advice={commentAdvice} />
      </section>
    </>
  );
}

/** Nothing that was written goes: what it said before can be opened. */
export function EarlierWordings({ entry: { client, wordings } }: { entry: EntryView }) {
  const words = useWords<JournalWord | ReviewWord>();
  const format = useFormat();
  const newest = wordings.at(-1);
  if (newest === undefined || wordings.length < 2) return null;
  return (
    <details className="journal-wordings">
      <summary>{words('journal.edited.at', { time: format.dateTime(newest.at) })}</summary>
      <ol className="journal-wordings-list" role="list">
        {wordings.slice(0, -1).map(({ id, at, content }, i) => (
          <li key={id}>
            <p className="ui-muted">
              {words(i === 0 ? 'journal.edited.first' : 'journal.edited.at', { time: format.dateTime(at) })}
            </p>
            <EntryContent content={content} client={client} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function SeenBy({ entry, names }: Pick<EntryDetailProps, 'entry' | 'names'>) {
  const words = useWords<JournalWord | ReviewWord>();
  const format = useFormat();
  const nameOf = useNameOf(names);
  const { memberId } = useWorkspace().reader;
  if (entry.reviews.length === 0) return null;
  return (
    <ul className="journal-seen" role="list">
      {entry.reviews.map(({ id, by, at }) => {
        const time = format.dateTime(at);
        const isOwn = by === memberId;
        return (
          <li key={id}>
            {isOwn ? words('journal.seen.byYou', { time }) : words('journal.seen.by', { name: nameOf(by), time })}
          </li>
        );
      })}
    </ul>
  );
}
