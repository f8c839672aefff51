import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { EntryList } from './entry-list.tsx';
import { History } from './history/history.tsx';
import { useEntries } from './use-entries.ts';

export interface ChartTimelineProps {
  client: string;
  hrefOf: (entry: string) => string;
  /** Where it is printed. */
  printHref: string;
}

/** A client's entries as the care team reads them in the chart. */
export function ChartTimeline({ client, hrefOf, printHref }: ChartTimelineProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const page = useEntries(client);
  if (page === undefined) return <Skeleton />;
  if (page.entries.length === 0) {
    return (
      <EmptyState icon="journal" title={words('journal.chart.empty.title')}>
        {words('journal.chart.empty.text')}
      </EmptyState>
    );
  }
  return (
    <History key={client} client={client} viewer="staff" hrefOf={hrefOf} printHref={printHref}>
      <EntryList entries={page.entries} hrefOf={hrefOf} viewer="staff" />
      {page.more && <Button onClick={page.showOlder}>{words('journal.older')}</Button>}
    </History>
  );
}
