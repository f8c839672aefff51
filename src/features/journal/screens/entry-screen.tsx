import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientHeading, CommentAdvice } from '../parts/client-heading.ts';
import { EditForm } from '../parts/edit-form.tsx';
import { EntryDetail } from '../parts/entry-detail.tsx';
import { NotAllShown } from '../parts/not-all-shown.tsx';
import { useSavedWords } from '../parts/use-saved-words.ts';
import { entryById } from '../queries.ts';
import type { EntryView } from '../queries.ts';
import { useKindName } from '../parts/use-kinds.ts';
import type { JournalWord } from '../words/catalogue.ts';

export interface EntryScreenProps {
  entry: string;
  viewer: 'client' | 'staff';
  back: { href: string; label?: string | undefined };
  /** Whose entry it is: name and birth date together. The staff's screen must have it. */
  clientHeader?: ClientHeading | undefined;
  /** Over the screen in its place, where there is more to know of the client. */
  chartHeader?: ((client: string) => ReactNode) | undefined;
  /** Told while one writes a comment. */
  commentAdvice?: CommentAdvice | undefined;
  /** The chart whose address this is: an entry of another client is not shown under it. */
  ofClient?: string | undefined;
}

/** One entry with all that hangs on it. */
export function EntryScreen({ entry: id, viewer, back, commentAdvice, ofClient, ...headers }: EntryScreenProps) {
  const { clientHeader, chartHeader } = headers;
  const words = useWords<JournalWord>();
  const nameOf = useKindName();
  const read = useLive(async (reader) => ({ id, found: await entryById(reader, id) }), [id]);
  if (read?.id !== id) {
    return (
      <Page title={words('journal.entry')} back={back}>
        <Skeleton />
      </Page>
    );
  }
  const { found } = read;
  if (found === null || (ofClient !== undefined && found.entry.client !== ofClient)) {
    return (
      <Page title={words('journal.entry')} back={back}>
        <EmptyState icon="journal" title={words('journal.gone.title')}>
          {words('journal.gone.text')}
        </EmptyState>
      </Page>
    );
  }
  const { entry, names } = found;
  return (
    <Page title={nameOf(entry.kind)} windowTitle={words('journal.entry')} back={back}>
      {chartHeader?.(entry.client) ?? clientHeader?.(entry.client, 'line')}
      {viewer === 'client' && <OwnWords key={id} entry={entry} />}
      {viewer === 'client' && <NotAllShown client={entry.client} />}
      <EntryDetail entry={entry} names={names} viewer={viewer} {...{ clientHeader, commentAdvice }} />
    </Page>
  );
}

/** The author's way to word it anew. */
function OwnWords({ entry }: { entry: EntryView }) {
  const words = useWords<JournalWord>();
  const savedWords = useSavedWords();
  const [said, setSaid] = useState<string>();
  const [editing, setEditing] = useState(false);
  if (!editing) {
    return (
      <>
        {said && <Notice announce>{said}</Notice>}
        <div className="ui-actions">
          <Button icon="edit" onClick={() => setEditing(true)}>
            {words('journal.edit')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <EditForm
      entry={entry}
      onClose={() => setEditing(false)}
      onSaved={() => {
        setEditing(false);
        setSaid(savedWords());
      }}
    />
  );
}
