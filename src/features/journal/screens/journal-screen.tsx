import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { focusMain, Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { DraftsWaiting } from '../parts/choose-kind.tsx';
import { EntryList } from '../parts/entry-list.tsx';
import { History } from '../parts/history/history.tsx';
import { NewEntry } from '../parts/new-entry.tsx';
import { useSavedWords } from '../parts/use-saved-words.ts';
import { useNewEntryDrafts } from '../parts/use-draft.ts';
import { NotAllShown } from '../parts/not-all-shown.tsx';
import { useEntries } from '../parts/use-entries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import './journal-screen.css';

export interface JournalScreenProps {
  /** Whose chart it is: the reader's own. */
  client: string;
  hrefOf: (entry: string) => string;
  /** Where it is printed. */
  printHref: string;
  /** What stands above the entries, never above a form. */
  whileReading: ReactNode;
  /** Begins with *New entry*. */
  startWriting?: boolean | undefined;
  /** The kind that is begun with, where it was chosen before. */
  startKind?: string | undefined;
  /** Writing has begun or ended: the address may say so. */
  onWriting?: ((writing: boolean) => void) | undefined;
}

type Mode = 'reading' | { readonly writing: string | null };

/** A client's own journal: write, and read what was written. */
export function JournalScreen(props: JournalScreenProps) {
  const { client, hrefOf, printHref, startWriting = false, startKind, onWriting } = props;
  const words = useWords<JournalWord>();
  const savedWords = useSavedWords();
  const [said, setSaid] = useState<string>();
  const drafts = useNewEntryDrafts(client);
  const [mode, setMode] = useState<Mode>(startWriting ? { writing: startKind ?? null } : 'reading');
  function go(next: Mode): void {
    setMode(next);
    setSaid(undefined);
    // What had the focus is gone with the screen it was on.
    if (next === 'reading') focusMain();
    window.scrollTo(0, 0);
    onWriting?.(next !== 'reading');
  }
  function saved(): void {
    go('reading');
    setSaid(savedWords());
  }
  if (mode !== 'reading') {
    return (
      <Page title={words('journal.new')}>
        {drafts === undefined ? (
          <Skeleton />
        ) : (
          <NewEntry
            client={client}
            drafts={drafts}
            startWith={mode.writing}
            onSaved={saved}
            onBack={() => go('reading')}
          />
        )}
      </Page>
    );
  }
  return (
    <Page title={words('journal.title')}>
      {props.whileReading}
      <div className="journal-write">
        <Button variant="primary" icon="plus" onClick={() => go({ writing: null })}>
          {words('journal.new')}
        </Button>
      </div>
      {said && <Notice announce>{said}</Notice>}
      <DraftsWaiting drafts={drafts?.kept ?? []} onChoose={(writing) => go({ writing })} />
      <NotAllShown client={client} />
      <OwnEntries client={client} hrefOf={hrefOf} printHref={printHref} />
    </Page>
  );
}

function OwnEntries({ client, hrefOf, printHref }: Pick<JournalScreenProps, 'client' | 'hrefOf' | 'printHref'>) {
  const words = useWords<JournalWord>();
  const page = useEntries(client);
  if (page === undefined) return <Skeleton />;
  if (page.entries.length === 0) {
    return (
      <EmptyState icon="journal" title={words('journal.empty.title')}>
        {words('journal.empty.text')}
      </EmptyState>
    );
  }
  return (
    <History key={client} client={client} viewer="client" hrefOf={hrefOf} printHref={printHref}>
      <EntryList entries={page.entries} hrefOf={hrefOf} viewer="client" />
      {page.more && (
        <div className="ui-actions">
          <Button onClick={page.showOlder}>{words('journal.older')}</Button>
        </div>
      )}
    </History>
  );
}
