// Entries that were found by words, each with the place where they stand.

import { useMemo } from 'react';
import { List, ListRow } from '../../../../ui/list.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { EntryView } from '../../queries.ts';
import { useNameOf } from '../comments.tsx';
import { EntryContent } from '../entry-content.tsx';
import { HowFar, KindName } from '../entry-list.tsx';
import { EntryTime } from '../entry-time.tsx';
import { termsOf } from '../../../../base/fold.ts';
import type { Term } from '../../../../base/fold.ts';
import { snippetOf } from '../../../../base/snippet.ts';
import type { Piece } from '../../../../base/snippet.ts';
import type { HistoryWord } from './words/catalogue.ts';

export interface FoundListProps {
  entries: readonly EntryView[];
  names: ReadonlyMap<string, string>;
  typed: string;
  hrefOf: (entry: string) => string;
  viewer: 'client' | 'staff';
}

export function FoundList({ entries, names, typed, hrefOf, viewer }: FoundListProps) {
  const terms = useMemo(() => termsOf(typed), [typed]);
  return (
    <List>
      {entries.map((entry) => (
        <ListRow
          key={entry.id}
          href={hrefOf(entry.id)}
          title={<KindName kind={entry.kind} />}
          meta={<EntryTime at={entry.at} zone={entry.zone} />}
          foot={<HowFar entry={entry} viewer={viewer} />}
        >
          <Places entry={entry} terms={terms} names={names} />
        </ListRow>
      ))}
    </List>
  );
}

/** In its words, in its comments, or, where it was found by an answer, the entry as a list shows it. */
function Places({ entry, terms, names }: { entry: EntryView; terms: readonly Term[]; names: FoundListProps['names'] }) {
  const words = useWords<HistoryWord>();
  const nameOf = useNameOf(names);
  const own = snippetOf(entry.content.text, terms);
  const inComments = entry.comments.flatMap(({ id, by, body }) => {
    const pieces = snippetOf(body, terms);
    return pieces === null ? [] : [{ id, by, pieces }];
  });
  return (
    <>
      {own === null ? <EntryContent client={entry.client} content={entry.content} clamped /> : <Snippet pieces={own} />}
      {inComments.map(({ id, by, pieces }) => (
        <div key={id} className="history-comment">
          <p className="ui-muted">{words('journal.history.inComment', { name: nameOf(by) })}</p>
          <Snippet pieces={pieces} />
        </div>
      ))}
    </>
  );
}

function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <p className="ui-user-text" dir="auto">
      {pieces.map(({ text, isMarked, at }) => (isMarked ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>))}
    </p>
  );
}
