import { useCallback } from 'react';
import { conversationsOf } from '../../features/chat/queries.ts';
import { ConversationListScreen } from '../../features/chat/screens/conversation-list-screen.tsx';
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
  const read = useCallback((reader: Reader) => conversationsOf(reader, client ?? ''), [client]);
  if (!client) {
    return (
      <Page title={words('app.chat')}>
        <Skeleton />
      </Page>
    );
  }
  return <ConversationListScreen read={read} hrefOf={({ kind }) => `/chat/${kind}`} />;
}
