import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { conversationsOf } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { ConversationRows } from './conversation-rows.tsx';

/** In a client's chart: the conversations with or about her that the reader takes part in, begun or not. */
export function ChartConversations({
  client,
  hrefOf,
  children,
}: {
  client: string;
  hrefOf: (conversation: ConversationView) => string;
  /** What can be done beside. */
  children?: ReactNode;
}) {
  const words = useWords<ChatWord>();
  const read = useLive(async (reader) => ({ client, all: await conversationsOf(reader, client) }), [client]);
  if (read?.client !== client || read.all.length === 0) return null;
  return (
    <section aria-labelledby="chart-chat" className="ui-stack">
      <h2 id="chart-chat">{words('chat.title')}</h2>
      <ConversationRows conversations={read.all} hrefOf={hrefOf} label={words('chat.client')} />
      {children}
    </section>
  );
}
