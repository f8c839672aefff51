// The journal on paper, for a visit: what is chosen on the screen above it, and under it the sheet itself, which alone is printed.

import { use, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useWords } from '../../../../ui/words.ts';
import { PrivateSideContext } from '../private-side.ts';
import { Check } from './check.tsx';
import { Days } from './filters.tsx';
import { keptQuestion, NOTHING_ASKED } from './question.ts';
import { PrintSheet } from './print-sheet.tsx';
import type { Question } from './shelf.ts';
import { useAllOf, useAnswer, useShelf } from './use-shelf.ts';
import type { Answered } from './use-shelf.ts';
import type { HistoryWord } from './words/catalogue.ts';
import '../../../../ui/print.css';

export interface PrintJournalProps {
  client: string;
  /** Whose journal it is, name and birth date together. */
  person: ReactNode;
  practice: string;
}

export function PrintJournal({ client, person, practice }: PrintJournalProps) {
  const words = useWords<HistoryWord>();
  const [question, setQuestion] = useState((): Question => {
    const { from, to } = keptQuestion(client);
    // Paper is for others to read: what is the author's alone is on it only where she says so.
    return { ...NOTHING_ASKED, from, to, notPrivate: true };
  });
  const [withComments, setWithComments] = useState(true);
  const hasPrivate = use(PrivateSideContext) !== null;
  const inUse = useShelf(client);
  const answer = useAnswer(inUse, question, Infinity);
  const { isFull, done, total, hasFailed } = inUse.state;
  return (
    <>
      <div className="ui-screen-only ui-stack">
        <p className="ui-muted">{words('journal.print.intro')}</p>
        <Days {...question} onChange={(days) => setQuestion({ ...question, ...days })} />
        <fieldset className="ui-field">
          <legend className="ui-field-label">{words('journal.print.include')}</legend>
          <div className="ui-choices">
            <Check label={words('journal.print.comments')} value={withComments} onChange={setWithComments} />
            {hasPrivate && (
              <Check
                label={words('journal.print.private')}
                value={!question.notPrivate}
                onChange={(on) => setQuestion({ ...question, notPrivate: !on })}
              />
            )}
          </div>
        </fieldset>
        {hasFailed && <Notice kind="attention">{words('journal.history.failed')}</Notice>}
        {!isFull && total > 0 && <p className="ui-muted">{words('journal.history.looked', { done, total })}</p>}
      </div>
      {answer !== undefined && isFull ? (
        <Sheet answer={answer} {...{ client, person, practice, question, withComments }} />
      ) : (
        !hasFailed && <Skeleton />
      )}
    </>
  );
}

interface SheetProps extends PrintJournalProps {
  answer: Answered;
  question: Question;
  withComments: boolean;
}

function Sheet({ answer, ...how }: SheetProps) {
  const words = useWords<HistoryWord>();
  const read = useAllOf(answer);
  // Never other days than it says.
  if (read?.to !== how.question) return <Skeleton />;
  return (
    <>
      <div className="ui-screen-only ui-actions">
        <Button variant="primary" onClick={() => window.print()}>
          {words('journal.print.do')}
        </Button>
        <span className="ui-muted" aria-live="polite">
          {words('journal.history.count', { count: read.entries.length })}
        </span>
      </div>
      <PrintSheet {...read} {...how} />
    </>
  );
}
