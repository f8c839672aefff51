import { useParams } from '@tanstack/react-router';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { PrintJournal } from '../../features/journal/parts/history/print-journal.tsx';
import type { HistoryWord } from '../../features/journal/parts/history/words/catalogue.ts';
import { practiceHere } from '../../features/practice/queries.ts';
import { chartOf } from '../../features/space-names.ts';
import { useLive } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

/** A client's journal on paper, for who is on the care team. */
export default function ChartPrintScreen() {
  const words = useWords<AppWord | HistoryWord>();
  const { client = '' } = useParams({ strict: false });
  const isOnTeam = useLive(async (reader) => (await reader.spaces()).includes(chartOf(client)), [client]);
  const practice = useLive(practiceHere, []);
  return (
    <Page title={words('journal.print.title')} back={{ href: `/clients/${client}`, label: words('app.chart') }}>
      {isOnTeam === false && <p className="ui-muted">{words('app.chart.office')}</p>}
      {isOnTeam === true && practice !== undefined && (
        <PrintJournal
          key={client}
          client={client}
          practice={practice?.name ?? ''}
          person={<ClientHeader client={client} look="line" />}
        />
      )}
      {isOnTeam === undefined && <Skeleton />}
    </Page>
  );
}
