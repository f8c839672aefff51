import { useCallback, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { CHAT } from '../doc-names.ts';
import { Composer } from '../parts/composer.tsx';
import type { ComposerProps } from '../parts/composer.tsx';
import { Segment } from '../parts/segment.tsx';
import { conversationOf } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ConversationKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface ConversationScreenProps extends Pick<ComposerProps, 'header' | 'adviceOf' | 'urgent'> {
  client: string;
  kind: ConversationKind;
  back: { href: string; label?: string };
  /** Stands over the messages: for the staff, whose conversation it is. */
  heading?: ReactNode;
  /** How the client is called to those who are not her. */
  clientName: string;
  seesRetracted: boolean;
}

/** One conversation: what was said, the newest last, and where to write. */
export function ConversationScreen(props: ConversationScreenProps) {
  const { client, kind, back, heading } = props;
  const words = useWords<ChatWord>();
  const read = useLive(
    async (reader) => ({ client, kind, view: await conversationOf(reader, client, kind) }),
    [client, kind],
  );
  // A live read goes on showing its last answer while it asks anew: never one client's words under another's name.
  const view = read?.client === client && read.kind === kind ? read.view : undefined;
  return (
    <Page title={words(`chat.${kind}`)} back={back}>
      {heading}
      {view === undefined ? <Skeleton rows={5} /> : <Open key={view.id} {...props} conversation={view} />}
    </Page>
  );
}

/** Parts drawn at once: far more than two people have ever said, and no more than a browser can hold. */
const MOST_PARTS = 50;

function Open({
  conversation,
  clientName,
  seesRetracted,
  header,
  adviceOf,
  urgent,
}: ConversationScreenProps & { conversation: ConversationView }) {
  const words = useWords<ChatWord>();
  const { end, onShown } = useAtTheEnd();
  const [from, setFrom] = useState(conversation.segment);
  const oldest = Math.max(1, conversation.segment - MOST_PARTS + 1);
  const first = Math.max(Math.min(from, conversation.segment), oldest);
  const segments = Array.from({ length: conversation.segment - first + 1 }, (_, i) => first + i);
  const documentOf = (segment: number) => `${CHAT}:${conversation.id}:${segment}`;
  const document = documentOf(conversation.segment);
  return (
    <>
      {first > oldest && <Button onClick={() => setFrom(first - 1)}>{words('chat.earlier')}</Button>}
      {!conversation.isBegun && (
        <EmptyState icon="chat" title={words('chat.empty.title')}>
          {words('chat.empty.text')}
        </EmptyState>
      )}
      <div className="ui-stack" role="log" aria-label={words('chat.messages')}>
        {conversation.isBegun &&
          segments.map((segment) => (
            <Segment
              key={segment}
              document={documentOf(segment)}
              isLast={segment === conversation.segment}
              {...{ conversation, seesRetracted, clientName, onShown }}
            />
          ))}
      </div>
      <Composer {...{ conversation, document, header, adviceOf, urgent }} />
      <div ref={end} className="chat-end" />
    </>
  );
}

/** Brings the newest and the composer into view when the screen opens; later it stays where the reader is. */
function useAtTheEnd(): { end: RefObject<HTMLDivElement | null>; onShown: () => void } {
  const end = useRef<HTMLDivElement>(null);
  const isThere = useRef(false);
  const onShown = useCallback(() => {
    if (isThere.current) return;
    isThere.current = true;
    end.current?.scrollIntoView({ block: 'end' });
  }, []);
  return { end, onShown };
}
