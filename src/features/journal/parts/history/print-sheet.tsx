import { useWorkspace } from '../../../../sync/client/react.ts';
import { UserName, UserText } from '../../../../ui/user-text.tsx';
import { useFormat } from '../../../../ui/use-format.ts';
import { useLocale, useWords } from '../../../../ui/words.ts';
import type { EntryView } from '../../queries.ts';
import type { JournalWord } from '../../words/catalogue.ts';
import { EntryContent } from '../entry-content.tsx';
import { EntryTime, usePlaceFormat } from '../entry-time.tsx';
import { groupByDay } from '../group-by-day.ts';
import { NotAllShown } from '../not-all-shown.tsx';
import { Media } from '../late-media.tsx';
import { useKindName } from '../use-kinds.ts';
import type { PrintJournalProps } from './print-journal.tsx';
import type { Question } from './shelf.ts';
import type { HistoryWord } from './words/catalogue.ts';

export interface PrintSheetProps extends PrintJournalProps {
  entries: readonly EntryView[];
  names: ReadonlyMap<string, string>;
  question: Pick<Question, 'from' | 'to'>;
  withComments: boolean;
}

/** Read from the first day on, as a report is. Its head, which says whose it is, stands on every page: sheets come apart. */
export function PrintSheet({ client, entries, person, practice, question, ...how }: PrintSheetProps) {
  const words = useWords<HistoryWord>();
  const format = useFormat();
  const range = useRange(question);
  return (
    <article className="print-sheet" aria-label={words('journal.print.sheet')}>
      <header className="print-head">
        <div className="print-head-lines">
          <div className="print-person">{person}</div>
          <p>
            <UserName>{practice}</UserName> · {words('journal.print.sheet')}: {range} ·{' '}
            {words('journal.print.at', { time: format.dateTime(new Date().toISOString()) })}
          </p>
        </div>
      </header>
      <div className="print-body">
        <NotAllShown client={client} />
        {entries.length === 0 && <p>{words('journal.print.none')}</p>}
        {groupByDay([...entries].reverse()).map(({ day, entries: ofDay }) => (
          <section key={day} className="print-day">
            <DayName at={ofDay[0].at} zone={ofDay[0].zone} />
            {ofDay.map((entry) => (
              <PrintedEntry key={entry.id} entry={entry} {...how} />
            ))}
          </section>
        ))}
      </div>
    </article>
  );
}

function useRange({ from, to }: Pick<Question, 'from' | 'to'>): string {
  const words = useWords<HistoryWord>();
  const { tags } = useLocale();
  const day = (iso: string) =>
    new Intl.DateTimeFormat([...tags], { dateStyle: 'long', calendar: 'gregory', timeZone: 'UTC' }).format(
      new Date(iso),
    );
  if (from !== '' && to !== '') return words('journal.print.between', { from: day(from), to: day(to) });
  if (from !== '') return words('journal.print.since', { day: day(from) });
  return to === '' ? words('journal.print.all') : words('journal.print.until', { day: day(to) });
}

function DayName({ at, zone }: { at: string; zone: string }) {
  return <h2>{usePlaceFormat(zone).day(at, 0)}</h2>;
}

type PrintedProps = Pick<PrintSheetProps, 'names' | 'withComments'> & { entry: EntryView };

function PrintedEntry({ entry, names, withComments }: PrintedProps) {
  const words = useWords<HistoryWord | JournalWord>();
  const { membership } = useWorkspace();
  // Paper is read by others: nobody is "you" on it.
  const nameOf = (by: string) => names.get(by) ?? (by === membership.id ? membership.name : words('journal.someone'));
  const kindOf = useKindName();
  return (
    <section className="print-entry">
      <h3>
        {kindOf(entry.kind)} · <EntryTime at={entry.at} zone={entry.zone} look="time" />
        {entry.privacy && <> · {words('journal.print.onlyYou')}</>}
        {entry.delivery === 'device' && <> · {words('journal.print.unsent')}</>}
      </h3>
      <EntryContent client={entry.client} content={entry.content} />
      {withComments &&
        entry.comments.map(({ id, by, at, zone, body, media }) => (
          <div key={id} className="print-comment">
            <p className="print-comment-head">
              <UserName>{nameOf(by)}</UserName> · <EntryTime at={at} zone={zone} />
            </p>
            {body.trim() !== '' && <UserText>{body}</UserText>}
            {media && <Media client={entry.client} media={media} opens={false} />}
          </div>
        ))}
    </section>
  );
}
