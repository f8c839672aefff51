import { useWords } from '../../../ui/words.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** How a conversation is called: by its topic, else by what it is. */
export function useTitle(): (conversation: Pick<ConversationView, 'kind' | 'topic'>) => string {
  const words = useWords<ChatWord>();
  return ({ kind, topic }) => topic ?? words(`chat.${kind}`);
}
