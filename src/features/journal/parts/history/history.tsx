// A journal's past: looked through by words and filtered. Where nothing is asked, the plain list given as `children` stands.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useWords } from '../../../../ui/words.ts';
import { receiptsOf } from '../../queries.ts';
import type { JournalWord } from '../../words/catalogue.ts';
import { EntryList } from '../entry-list.tsx';
import { FilterChips } from './filter-chips.tsx';
import { Filters } from './filters.tsx';
import { FoundList } from './found-list.tsx';
import { isAsked, keepQuestion, keptQuestion, NOTHING_ASKED } from './question.ts';
import type { Question } from './shelf.ts';
import { useAnswer, useEntriesById, useShelf } from './use-shelf.ts';
import type { HistoryWord } from './words/catalogue.ts';
import './history.css';

const PAGE = 30;
const WORDS_MAX = 200;

export interface HistoryProps {
  client: string;
  viewer: 'client' | 'staff';
  hrefOf: (entry: string) => string;
  /** Where it is printed. */
  printHref: string;
  children: ReactNode;
}

export function History({ client, viewer, hrefOf, printHref, children }: HistoryProps) {
  const words = useWords<HistoryWord>();
  const [question, setQuestion] = useState(() => keptQuestion(client));
  const receipts = useLive((reader) => receiptsOf(reader, client), [client]);
  const [filtering, setFiltering] = useState(false);
  function ask(change: Partial<Question>): void {
    const next = { ...question, ...change };
    keepQuestion(client, next);
    setQuestion(next);
  }
  return (
    <>
      <div role="search" className="history-ask">
        <TextField
          label={words('journal.history.search')}
          type="search"
          maxLength={WORDS_MAX}
          required={false}
          spellCheck={false}
          enterKeyHint="search"
          value={question.words}
          onChange={(typed) => ask({ words: typed })}
        />
        <div className="ui-actions">
          <Button aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
            {words('journal.history.filter')}
          </Button>
          <ButtonLink href={printHref}>{words('journal.history.print')}</ButtonLink>
        </div>
        {filtering && (
          <Filters question={question} onChange={ask} knowsSeen={viewer === 'staff' || receipts === 'seen'} />
        )}
        <FilterChips question={question} onChange={ask} />
      </div>
      {isAsked(question) ? (
        <Found {...{ client, viewer, hrefOf, question }} onClear={() => ask(NOTHING_ASKED)} />
      ) : (
        children
      )}
    </>
  );
}

interface FoundProps extends Pick<HistoryProps, 'client' | 'viewer' | 'hrefOf'> {
  question: Question;
  onClear: () => void;
}

function Found({ client, viewer, hrefOf, question, onClear }: FoundProps) {
  const words = useWords<HistoryWord | JournalWord>();
  const [more, setMore] = useState({ of: question, limit: PAGE });
  // Another question begins with its first page.
  const limit = more.of === question ? more.limit : PAGE;
  const inUse = useShelf(client);
  const answer = useAnswer(inUse, question, limit);
  const read = useEntriesById(answer?.ids ?? []);
  const { isFull, done, total, hasFailed } = inUse.state;
  if (hasFailed) return <Notice kind="attention">{words('journal.history.failed')}</Notice>;
  const isBegun = isFull || total > 0;
  if (!isBegun || answer === undefined || read === undefined) return <Skeleton />;
  return (
    <>
      <div aria-live="polite" className="ui-muted">
        <p>{words('journal.history.count', { count: answer.count })}</p>
        {!isFull && total > 0 && <p>{words('journal.history.looked', { done, total })}</p>}
      </div>
      {answer.count === 0 && isFull && (
        <EmptyState
          icon="journal"
          title={words('journal.history.none')}
          action={<Button onClick={onClear}>{words('journal.history.clearSearch')}</Button>}
        >
          {words('journal.history.noneText')}
        </EmptyState>
      )}
      {question.words.trim() === '' ? (
        <EntryList entries={read.entries} hrefOf={hrefOf} viewer={viewer} />
      ) : (
        <FoundList {...read} typed={question.words} hrefOf={hrefOf} viewer={viewer} />
      )}
      {answer.count > limit && (
        <div className="ui-actions">
          <Button onClick={() => setMore({ of: question, limit: limit + PAGE })}>{words('journal.older')}</Button>
        </div>
      )}
    </>
  );
}
