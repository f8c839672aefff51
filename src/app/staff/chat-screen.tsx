import { allConversations } from '../../features/chat/queries.ts';
import { ConversationListScreen } from '../../features/chat/screens/conversation-list-screen.tsx';
import { ClientLine } from '../../features/client/parts/client-line.tsx';

/** All conversations that this member takes part in, who waits first. */
export default function ChatScreen() {
  return (
    <ConversationListScreen
      read={allConversations}
      hrefOf={({ client, kind }) => `/chat/${client}/${kind}`}
      whoseOf={(client) => <ClientLine client={client} />}
    />
  );
}
