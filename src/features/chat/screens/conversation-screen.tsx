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
import { Called } from '../parts/community/called.ts';
import { Composer } from '../parts/composer.tsx';
import type { ComposerProps, ReplyAsked } from '../parts/composer.tsx';
import { Closed } from '../parts/closed.tsx';
import type { ClosedProps } from '../parts/closed.tsx';
import { HandedOvers } from '../parts/handed-over.tsx';
import { PassedOns, usePassedOn } from '../parts/passed-on.tsx';
import { Participants } from '../parts/participants.tsx';
import { Others } from '../parts/others.tsx';
import { Segment } from '../parts/segment.tsx';
import type { SegmentProps } from '../parts/segment.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useParts } from '../parts/use-parts.ts';
import { calledIn } from '../queries-community.ts';
import { offIn } from '../queries-participants.ts';
import { conversationsAt } from '../queries.ts';
import type { ConversationView, Place } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface ConversationScreenProps extends Pick<
  ComposerProps,
  'header' | 'beside' | 'adviceOf' | 'urgent' | 'isClients'
> {
  /** Which; the same object for as long as it is the same. */
  place: Place;
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
  /** Of a community: who takes part, and what can be done about that. */
  members?: ReactNode;
  /** For the staff: what they decide about it. */
  dutyOf?: (conversation: ConversationView) => ReactNode;
  /** Where to write where this one has ended. */
  other?: ClosedProps['other'];
}

/** One conversation: what was said, the newest last, and where to write. */
export function ConversationScreen(props: ConversationScreenProps) {
  const { place, back, heading } = props;
  const { id, client, kind } = place;
  const titleOf = useTitle();
  const words = useWords<ChatWord>();
  const read = useLive(
    async (reader) => ({ id, view: (await conversationsAt(reader, [{ id, client, kind }]))[0] }),
    [id, client, kind],
  );
  // A live read goes on showing its last answer while it asks anew: never one client's words under another's name.
  const view = read?.id === id ? read.view : undefined;
  const called = useLive(
    async (reader) => {
      const nameIn = await calledIn(reader);
      return (user: string) => nameIn(id, user);
    },
    [id],
  );
  return (
    // What somebody has written is no title of a window: the browser keeps those.
    <Page title={titleOf(view ?? { kind, topic: undefined })} windowTitle={words(`chat.${kind}`)} back={back}>
      {heading}
      {view && <Participants conversation={view} clientName={props.clientName} />}
      {kind === 'community' && props.members}
      <Called value={kind === 'community' ? called : undefined}>
        {view === undefined ? <Skeleton rows={5} /> : <Open key={view.id} {...props} conversation={view} />}
      </Called>
    </Page>
  );
}

function Open(props: ConversationScreenProps & { conversation: ConversationView }) {
  const { conversation, clientName, seesRetracted, header, beside, adviceOf, urgent, message } = props;
  const { isClients, dutyOf, other, coverOf } = props;
  const { closed, client, kind, answeredAt } = conversation;
  const words = useWords<ChatWord>();
  const off = useLive(async (reader) => (await offIn(reader, { client, kind })) ?? undefined, [client, kind]);
  const passedOn = usePassedOn(conversation);
  const parts = useParts(conversation, message);
  const { segments, joined, isMore, earlier, isMissing, originals, looks, end, onWritable } = parts;
  const [reply, setReply] = useState<ReplyAsked>();
  // One that was begun by a form has a row, and no word in it yet.
  const isSilent = conversation.last === undefined && segments.every((one) => joined.get(one)?.length === 0);
  return (
    <>
      {isMore && <Button onClick={earlier}>{words('chat.earlier')}</Button>}
      {isMissing && <Notice announce>{words('chat.jump.missing')}</Notice>}
      {(!conversation.isBegun || isSilent) && (
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
      <PassedOns place={conversation} {...{ answeredAt, isClients }} />
      {dutyOf?.(conversation)}
      {closed && <ClosedHere {...{ conversation, closed, other, onWritable }} />}
      {!closed && off && <ClosedHere {...{ conversation, onWritable }} closed={off} isOff other={undefined} />}
      {!closed && !off && passedOn && (
        // To a team on which nobody is left nobody is sent.
        <ClosedHere
          {...{ conversation, onWritable }}
          closed={passedOn}
          other={passedOn.nobody && other?.kind === 'care-team' ? undefined : other}
        />
      )}
      {!closed && (off ?? passedOn) && urgent}
      {!closed && !off && !passedOn && (
        <Others document={partOf(conversation.id, conversation.segment)} clientName={clientName}>
          <Composer
            {...{ conversation, clientName, reply, originals, header, beside, adviceOf, urgent, onWritable }}
            // In a community no answer of the practice's is owed.
            isClients={isClients === true && kind !== 'community'}
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
