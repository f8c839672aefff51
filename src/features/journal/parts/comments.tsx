import { Ladder } from '../../../ui/ladder.tsx';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWorkspace } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import type { Comment } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { EntryTime } from './entry-time.tsx';
import { Media } from './late-media.tsx';
import './comments.css';

/** A member's name to the reader; the reader is "You". */
export function useNameOf(names: ReadonlyMap<string, string>): (by: string) => string {
  const words = useWords<JournalWord>();
  const { memberId } = useWorkspace().reader;
  return (by) => (by === memberId ? words('journal.you') : (names.get(by) ?? words('journal.someone')));
}

export interface CommentsProps {
  /** Whose chart it is. */
  client: string;
  comments: readonly Comment[];
  names: ReadonlyMap<string, string>;
}

/** What was said about an entry, in the order in which it was said. One's own says how far it has come. */
export function Comments({ client, comments, names }: CommentsProps) {
  const words = useWords<JournalWord>();
  const nameOf = useNameOf(names);
  const { memberId } = useWorkspace().reader;
  if (comments.length === 0) return null;
  return (
    <ol className="journal-comments" role="list" aria-label={words('journal.comments')}>
      {comments.map(({ id, by, at, zone, body, media, delivery }) => (
        <li key={id} className={by === memberId ? 'journal-comment journal-comment-own' : 'journal-comment'}>
          <p className="journal-comment-head">
            <strong>
              <UserName>{nameOf(by)}</UserName>
            </strong>
            <span className="ui-muted">
              <EntryTime at={at} zone={zone} />
            </span>
          </p>
          {body.trim() !== '' && <UserText>{body}</UserText>}
          {media && <Media client={client} media={media} opens />}
          {by === memberId && <Ladder state={delivery} />}
        </li>
      ))}
    </ol>
  );
}
