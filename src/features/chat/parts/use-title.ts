import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { memberNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

type Titled = Pick<ConversationView, 'kind' | 'topic'> & Partial<Pick<ConversationView, 'member'>>;

/** How a conversation is called: by its topic, else by the one of the care team with whom it is, else by what it is. */
export function useTitle(): (conversation: Titled) => string {
  const words = useWords<ChatWord>();
  const { memberId } = useWorkspace().reader;
  const names = useLive(memberNames, []);
  return ({ kind, topic, member }) => {
    const other = member === undefined || member === memberId ? undefined : names?.get(member);
    return topic ?? other ?? words(`chat.${kind}`);
  };
}
