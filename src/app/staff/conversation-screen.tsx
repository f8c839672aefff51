import { useParams } from '@tanstack/react-router';
import { SavedReplies } from '../../features/chat/parts/saved/saved-replies.tsx';
import type { BesideProps } from '../../features/chat/parts/composer.tsx';
import { DutyBar } from '../../features/chat/parts/duty-bar.tsx';
import { conversationById, conversationsOf } from '../../features/chat/queries.ts';
import { ConversationScreen } from '../../features/chat/screens/conversation-screen.tsx';
import type { ChatWord } from '../../features/chat/words/catalogue.ts';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { clientById } from '../../features/client/queries.ts';
import { ScheduledHere } from '../../features/scheduled-message/parts/scheduled-here.tsx';
import { SendLater } from '../../features/scheduled-message/parts/send-later.tsx';
import { useCoverOf } from '../../features/cover/parts/use-cover-of.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import { isManagerHere } from '../portal-kind.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';
import { CommunityMembers } from './community-members.tsx';

interface Asked {
  /** One that was begun is asked for by its id, one that stands by its client and kind. */
  readonly conversation?: string;
  readonly client?: string;
  readonly kind?: string;
}

async function read(reader: Reader, { conversation, client: of = '', kind }: Asked) {
  const begun = conversation === undefined ? undefined : await conversationById(reader, conversation);
  const client = conversation === undefined ? of : begun?.client;
  const all = client === undefined ? [] : await conversationsOf(reader, client);
  return {
    found: conversation === undefined ? all.find((one) => one.kind === kind) : begun,
    who: client === undefined ? null : await clientById(reader, client),
    // Whose chart is closed to the reader, her care team's record is too.
    isCareTeam: all.some((one) => one.kind === 'care-team'),
  };
}

/** A conversation as the staff has it. With a client, her name and birth date stand over it and beside the composer. */
export default function ClientConversationScreen() {
  const words = useWords<AppWord | ChatWord>();
  const { conversation, client, kind, message } = useParams({ strict: false });
  const key = [conversation, client, kind].join(' ');
  const here = useLive(
    async (reader) => ({ key, ...(await read(reader, { conversation, client, kind })) }),
    [key, conversation, client, kind],
  );
  const coverOf = useCoverOf(here?.found?.client ?? '');
  if (here === undefined || here.key !== key) {
    return (
      <Page title={words('app.chat')}>
        <Skeleton />
      </Page>
    );
  }
  const { found, who, isCareTeam } = here;
  // Within the frame: what was open a moment ago may be gone, and crisis help and the lock must not go with it.
  if (found === undefined) return <MissingScreen />;
  const of = found.client;
  const line = of !== undefined && <ClientHeader client={of} look="line" />;
  return (
    <ConversationScreen
      place={found}
      back={{ href: '/chat', label: words('app.chat') }}
      heading={of !== undefined && <ChartHeader client={of} href={`/clients/${of}`} look="heading" />}
      header={line}
      clientName={who?.preferredName ?? who?.legalName ?? words(of === undefined ? 'chat.someone' : 'chat.theClient')}
      seesRetracted={isCareTeam}
      coverOf={coverOf}
      message={message}
      beside={Beside}
      members={<CommunityMembers conversation={found.id} />}
      dutyOf={(view) => (
        <>
          <ScheduledHere conversation={view.id} header={line} last={view.last} />
          <DutyBar conversation={view} header={line} />
        </>
      )}
    />
  );
}

/** At another time, and what the staff write often. */
function Beside(props: BesideProps) {
  const { client } = props.conversation;
  const line = client !== undefined && <ClientHeader client={client} look="line" />;
  return (
    <>
      <SendLater {...props} header={line} />
      <SavedReplies {...props} mayShare={isManagerHere(useWorkspace())} />
    </>
  );
}
