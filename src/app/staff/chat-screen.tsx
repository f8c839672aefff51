import { allConversations } from '../../features/chat/queries.ts';
import { ConversationListScreen } from '../../features/chat/screens/conversation-list-screen.tsx';
import { ClientLine } from '../../features/client/parts/client-line.tsx';
import type { DutyWord } from '../../features/chat/words/duty/catalogue.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { isManagerHere } from '../portal-kind.ts';
import { hrefOfConversation } from './chat-href.ts';

/** All conversations that this member takes part in, who waits first. */
export default function ChatScreen() {
  const words = useWords<DutyWord>();
  const isManager = isManagerHere(useWorkspace());
  return (
    <ConversationListScreen
      read={allConversations}
      hrefOf={hrefOfConversation}
      beginHref="/chat/new"
      setting={isManager ? { href: '/admin/chat', label: words('duty.setting') } : undefined}
      whoseOf={(client) => <ClientLine client={client} />}
    />
  );
}
