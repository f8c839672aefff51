import type { JsonObject } from '../../../base/json.ts';
import { useWorkspace } from '../../../sync/client/react.ts';
import { useAuthored } from '../../use-act.ts';
import { reactIntent, retractIntent } from '../doc-acts.ts';
import { partOf } from '../doc-parts.ts';
import type { Shown } from '../doc-parts.ts';
import type { ChatReaction } from '../doc-shape.ts';
import type { ConversationView } from '../queries.ts';
import type { useLadder } from './use-ladder.ts';
import { useSend } from './use-send.ts';

/** What the reader does with a message that is there. */
export function useMessageActs(conversation: ConversationView, ladder: ReturnType<typeof useLadder>) {
  const workspace = useWorkspace();
  const authored = useAuthored();
  const { state, send } = useSend(conversation);

  async function retract({ item, said }: Shown, me: string): Promise<void> {
    const unsent = ladder.unsentOf(item);
    if (unsent.length > 0) {
      for (const n of unsent) await workspace.discard(n);
      return;
    }
    // Each part says it of what it has: where only one of them is open, its words are not shown either.
    for (const one of said.toReversed()) {
      const intent = retractIntent(one.item, { me, at: authored().at });
      if (intent && !(await send({ document: partOf(conversation.id, one.segment), intent }))) return;
    }
  }
  function react({ said }: Shown, intentOf: (item: Shown['item']) => JsonObject | null): void {
    const [first] = said;
    const intent = first && intentOf(first.item);
    if (first && intent) void send({ document: partOf(conversation.id, first.segment), intent });
  }
  const actsOf = (shown: Shown, me: string) => ({
    onRetract: () => void retract(shown, me),
    onReact: (reaction: ChatReaction | null) => react(shown, (item) => reactIntent(item, { me, reaction })),
  });
  return { state, actsOf };
}
