import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { ScheduledScreen } from '../../features/scheduled-message/screens/scheduled-screen.tsx';
import type { ScheduledView } from '../../features/scheduled-message/queries.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import { hrefOfConversation } from '../staff/chat-href.ts';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

const hrefOf = ({ conversation: id, client, kind }: ScheduledView) => hrefOfConversation({ id, client, kind });

const headerOf = ({ client }: ScheduledView) => client !== undefined && <ClientHeader client={client} look="line" />;

export default function OwnLaterScreen() {
  const words = useWords<AppWord>();
  if (!mayGo('later', useWorkspace().membership.roles)) return <MissingScreen />;
  return <ScheduledScreen {...{ hrefOf, headerOf }} back={{ href: '/more', label: words('app.settings') }} />;
}
