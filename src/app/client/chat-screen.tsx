import { useCallback } from 'react';
import { beginnableWith } from '../../features/chat/queries-participants.ts';
import { ownConversations } from '../../features/chat/queries.ts';
import { Invitations } from '../../features/chat/parts/community/invitations.tsx';
import { ConversationListScreen } from '../../features/chat/screens/conversation-list-screen.tsx';
import { isStanding } from '../../features/chat/schema.ts';
import { useLive } from '../../sync/client/react.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { useOwnClient } from './own-chart.ts';

/** The client's conversations; who is no client yet has the front desk. */
export default function OwnChatScreen() {
  const words = useWords<AppWord>();
  const client = useOwnClient();
  const read = useCallback((reader: Reader) => ownConversations(reader, client ?? ''), [client]);
  const mayBegin = useLive(async (reader) => (await beginnableWith(reader)).length > 0, []);
  if (!client) {
    return (
      <Page title={words('app.chat')}>
        <Skeleton />
      </Page>
    );
  }
  return (
    <ConversationListScreen
      read={read}
      hrefOf={({ id, kind }) => `/chat/${isStanding(kind) ? kind : id}`}
      beginHref={mayBegin ? '/chat/new' : undefined}
      before={<Invitations client={client} />}
    />
  );
}
