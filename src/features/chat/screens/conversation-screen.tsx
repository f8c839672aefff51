import { useLayoutEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { partOf } from '../doc-parts.ts';
import { Composer } from '../parts/composer.tsx';
import type { ComposerProps, ReplyAsked } from '../parts/composer.tsx';
import { Closed } from '../parts/closed.tsx';
import type { ClosedProps } from '../parts/closed.tsx';
import { HandedOvers } from '../parts/handed-over.tsx';
import { Others } from '../parts/others.tsx';
import { Segment } from '../parts/segment.tsx';
import type { SegmentProps } from '../parts/segment.tsx';
import { useParts } from '../parts/use-parts.ts';
import { conversationOf } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ConversationKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface ConversationScreenProps extends Pick<
  ComposerProps,
  'header' | 'beside' | 'adviceOf' | 'urgent' | 'isClients'
> {
  client: string;
  kind: ConversationKind;
  back: { href: string; label?: string };
  /** Stands over the messages: for the staff, whose conversation it is. */
  heading?: ReactNode;
  /** How the client is called to those who are not her. */
  clientName: string;
  seesRetracted: boolean;
  /** For whom who wrote a message stood in then. */
  coverOf?: SegmentProps['coverOf'];
  /** The message to begin at. */
  message?: string | undefined;
  /** For the staff: what they decide about it. */
  dutyOf?: (conversation: ConversationView) => ReactNode;
  /** Where to write where this one has ended. */
  other?: ClosedProps['other'];
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

function Open(props: ConversationScreenProps & { conversation: ConversationView }) {
  const { conversation, clientName, seesRetracted, header, beside, adviceOf, urgent, message } = props;
  const { isClients, dutyOf, other, coverOf } = props;
  const { closed, client, kind, answeredAt } = conversation;
  const words = useWords<ChatWord>();
  const parts = useParts(conversation, message);
  const { segments, joined, isMore, earlier, isMissing, originals, looks, end, onWritable } = parts;
  const [reply, setReply] = useState<ReplyAsked>();
  return (
    <>
      {isMore && <Button onClick={earlier}>{words('chat.earlier')}</Button>}
      {isMissing && <Notice announce>{words('chat.jump.missing')}</Notice>}
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
              shown={joined.get(segment)}
              {...{ conversation, segment, seesRetracted, clientName, originals, coverOf }}
              {...looks}
              onReply={(to) => setReply({ to })}
            />
          ))}
      </div>
      <HandedOvers {...{ client, kind, answeredAt }} />
      {dutyOf?.(conversation)}
      {closed ? (
        <ClosedHere {...{ conversation, closed, other, onWritable }} />
      ) : (
        <Others document={partOf(conversation.id, conversation.segment)} clientName={clientName}>
          <Composer
            {...{ conversation, clientName, reply, originals, header, beside, adviceOf, urgent, isClients, onWritable }}
          />
        </Others>
      )}
      <div ref={end} className="chat-end" />
    </>
  );
}

/** Nothing is to be written: what is there is all. */
function ClosedHere({ onWritable, ...props }: ClosedProps & { onWritable: () => void }) {
  useLayoutEffect(onWritable, [onWritable]);
  return <Closed {...props} />;
}
