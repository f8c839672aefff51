import { useParams } from '@tanstack/react-router';
import { ChartConversations } from '../../features/chat/parts/chart-conversations.tsx';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { EmergencyLine } from '../../features/contact/parts/emergency-line.tsx';
import { ChartTimeline } from '../../features/journal/parts/chart-timeline.tsx';
import { ProtectiveView, ProtectiveViewElsewhere } from '../../features/protection/parts/protective-view.tsx';
import { chartOf, officeOf, staffOf } from '../../features/space-names.ts';
import { useLive } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../ui/words.ts';
import { ExportSection } from '../export/export-section.tsx';
import { KeepMedia } from '../export/keep-media.tsx';
import type { AppWord } from '../words/catalogue.ts';

/** A client's chart: for the office the person only, for the care team also what was written. */
export default function ChartScreen() {
  const words = useWords<AppWord>();
  const { client = '' } = useParams({ strict: false });
  const isOnTeam = useLive(async (reader) => (await reader.spaces()).includes(chartOf(client)), [client]);
  return (
    <Page title={words('app.chart')} back={{ href: '/clients', label: words('app.clients') }}>
      <ClientHeader client={client} look="heading" />
      <EmergencyLine client={client} href={`/clients/${client}/contacts`} />
      <ChartConversations client={client} hrefOf={({ kind }) => `/chat/${client}/${kind}`} />
      {isOnTeam && <ProtectiveView client={client} header={<ClientHeader client={client} look="line" />} />}
      {isOnTeam && (
        <section aria-labelledby="chart-journal" className="ui-stack">
          <h2 id="chart-journal">{words('app.chart.timeline')}</h2>
          <ChartTimeline
            client={client}
            hrefOf={(entry) => `/clients/${client}/journal/${entry}`}
            printHref={`/clients/${client}/print`}
          />
        </section>
      )}
      {isOnTeam && (
        <>
          <KeepMedia key={`keep ${client}`} spaces={[chartOf(client)]} />
          <ExportSection
            key={client}
            client={client}
            spaces={[chartOf(client), staffOf(client), officeOf(client)]}
            asksPassword
          />
        </>
      )}
      {isOnTeam === false && (
        <>
          <ProtectiveViewElsewhere />
          <p className="ui-muted">{words('app.chart.office')}</p>
        </>
      )}
    </Page>
  );
}
