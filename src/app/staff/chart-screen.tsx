import { useParams } from '@tanstack/react-router';
import { ChartConversations } from '../../features/chat/parts/chart-conversations.tsx';
import { OffSetting } from '../../features/chat/parts/setting/off-setting.tsx';
import type { ChatWord } from '../../features/chat/words/catalogue.ts';
import { ClientDetailsLine } from '../../features/client/parts/client-details-line.tsx';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { StatusSection } from '../../features/client/parts/status-section.tsx';
import { EmergencyLine } from '../../features/contact/parts/emergency-line.tsx';
import { InvitationSection } from '../../features/invitation/parts/invitation-section.tsx';
import { ChartTimeline } from '../../features/journal/parts/chart-timeline.tsx';
import { ProtectiveView, ProtectiveViewElsewhere } from '../../features/protection/parts/protective-view.tsx';
import { ScheduledOfClient } from '../../features/scheduled-message/parts/scheduled-of-client.tsx';
import { chartOf, officeOf, staffOf } from '../../features/space-names.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../ui/words.ts';
import { ExportSection } from '../export/export-section.tsx';
import { KeepMedia } from '../export/keep-media.tsx';
import { isManagerHere } from '../portal-kind.ts';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';
import { hrefOfConversation } from './chat-href.ts';

/** A client's chart: for the office the person only, for the care team also what was written. */
export default function ChartScreen() {
  const words = useWords<AppWord | ChatWord>();
  const workspace = useWorkspace();
  const { client = '' } = useParams({ strict: false });
  const isOnTeam = useLive(async (reader) => (await reader.spaces()).includes(chartOf(client)), [client]);
  return (
    <Page title={words('app.chart')} back={{ href: '/clients', label: words('app.clients') }}>
      <ChartHeader client={client} look="heading" />
      <OnceSent client={client}>
        <ClientDetailsLine
          client={client}
          href={`/clients/${client}/details`}
          primaryHref={`/clients/${client}/primary`}
        />
        <EmergencyLine client={client} href={`/clients/${client}/contacts`} />
        <StatusSection
          client={client}
          href={`/clients/${client}/status`}
          header={<ClientHeader client={client} look="line" />}
        />
        <InvitationSection client={client} inviteHref={`/clients/${client}/invite`} />
      </OnceSent>
      <ChartConversations client={client} hrefOf={hrefOfConversation}>
        {isOnTeam && (
          <div className="ui-actions">
            <ButtonLink href={`/chat/new/${client}`}>{words('chat.begin')}</ButtonLink>
          </div>
        )}
        {(isOnTeam || isManagerHere(workspace)) && (
          <OffSetting key={client} client={client} header={<ClientHeader client={client} look="line" />} />
        )}
      </ChartConversations>
      <ScheduledOfClient
        client={client}
        header={<ClientHeader client={client} look="line" />}
        hrefOf={({ conversation: id, client: of, kind }) => hrefOfConversation({ id, client: of, kind })}
      />
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
