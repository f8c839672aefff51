import type { ConversationView } from '../../features/chat/queries.ts';
import { isStanding } from '../../features/chat/schema.ts';

/** Where the staff have a conversation: those that stand under their client, others under their id. */
export const hrefOfConversation = ({ id, client, kind }: Pick<ConversationView, 'id' | 'client' | 'kind'>): string =>
  isStanding(kind) ? `/chat/${client}/${kind}` : `/chat/with/${id}`;
