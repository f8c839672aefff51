import { notFound, useParams } from '@tanstack/react-router';
import { SavedReplies } from '../../features/chat/parts/saved/saved-replies.tsx';
import type { SavedRepliesProps } from '../../features/chat/parts/saved/saved-replies.tsx';
import { DutyBar } from '../../features/chat/parts/duty-bar.tsx';
import { conversationsOf } from '../../features/chat/queries.ts';
import { ConversationScreen } from '../../features/chat/screens/conversation-screen.tsx';
import type { ChatWord } from '../../features/chat/words/catalogue.ts';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { clientById } from '../../features/client/queries.ts';
import { useCoverOf } from '../../features/cover/parts/use-cover-of.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import { isManagerHere } from '../portal-kind.ts';
import type { AppWord } from '../words/catalogue.ts';

/** A client's conversation as the staff has it. Her name and birth date stand over it and beside the composer. */
export default function ClientConversationScreen() {
  const words = useWords<AppWord | ChatWord>();
  const { client = '', kind, message } = useParams({ strict: false });
  const read = useLive(
    async (reader) => ({ client, all: await conversationsOf(reader, client), who: await clientById(reader, client) }),
    [client],
  );
  const coverOf = useCoverOf(client);
  if (read === undefined || read.client !== client) {
    return (
      <Page title={words('app.chat')}>
        <Skeleton />
      </Page>
    );
  }
  const found = read.all.find((one) => one.kind === kind);
  if (found === undefined) return void notFound({ throw: true });
  // Whose chart is closed to the reader, her care team's record is too.
  const isCareTeam = read.all.some((one) => one.kind === 'care-team');
  return (
    <ConversationScreen
      client={client}
      kind={found.kind}
      back={{ href: '/chat', label: words('app.chat') }}
      heading={<ClientHeader client={client} href={`/clients/${client}`} look="heading" />}
      header={<ClientHeader client={client} look="line" />}
      clientName={read.who?.preferredName ?? read.who?.legalName ?? words('chat.theClient')}
      seesRetracted={isCareTeam}
      coverOf={coverOf}
      message={message}
      beside={Beside}
      dutyOf={(conversation) => (
        <DutyBar conversation={conversation} header={<ClientHeader client={client} look="line" />} />
      )}
    />
  );
}

/** What the staff write often. */
function Beside(props: Omit<SavedRepliesProps, 'mayShare'>) {
  return <SavedReplies {...props} mayShare={isManagerHere(useWorkspace())} />;
}
