import { useEffect, useRef, useState } from 'react';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { useLive, useSyncStatus } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { keyOf, messagesOf } from '../doc-fold.ts';
import type { ChatItem } from '../doc-fold.ts';
import { byDay, partOf } from '../doc-parts.ts';
import type { Shown } from '../doc-parts.ts';
import type { ConversationView } from '../queries.ts';
import { Message } from './message.tsx';
import type { MessageProps } from './message.tsx';
import type { Originals } from './quote.tsx';
import { isHere, wordingKey } from './unread.ts';
import { useInView } from './use-in-view.ts';
import { useLadder } from './use-ladder.ts';
import { useMarkPart } from './use-mark-read.ts';
import type { Looked } from './use-mark-read.ts';
import { useMe } from './use-me.ts';
import { useMessageActs } from './use-message-acts.ts';
import { staffNames } from '../queries.ts';
import { useNames } from './use-names.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface SegmentProps {
  conversation: ConversationView;
  segment: number;
  /** Its messages as they stand beside the other parts; undefined until those are known. */
  shown: readonly Shown[] | undefined;
  seesRetracted: boolean;
  /** It stands where the reader is to begin: what is before his eyes counts as seen. */
  isSettled: boolean;
  looked: Looked;
  onItems: (segment: number, items: readonly ChatItem[]) => void;
  onSeen: (keys: readonly string[]) => void;
  onReply: (id: string) => void;
  originals: Originals;
  /** How the client is called where a message is hers; to herself she is "You". */
  clientName: string;
  coverOf?: MessageProps['coverOf'];
}

/** One part of a conversation, by the days on which it was said. */
export function Segment(props: SegmentProps) {
  const { conversation, segment, shown, isSettled, looked, onItems, onSeen, onReply, clientName } = props;
  const { seesRetracted, originals, coverOf } = props;
  const words = useWords<ChatWord>();
  const format = useFormat();
  const me = useMe();
  const document = partOf(conversation.id, segment);
  const doc = useDoc(document);
  const items = useMemoized(doc === undefined ? undefined : messagesOf(doc));
  const ladder = useLadder(conversation, { document, segment, items: items ?? [] });
  const nameOf = useNames(clientName);
  const markedOf = useNames(clientName, 'marked');
  const staff = useLive(staffNames, []);
  const { state, actsOf } = useMessageActs(conversation, ladder);
  const root = useRef<HTMLDivElement>(null);
  const drawn = shown ?? items?.map((item): Shown => ({ item, said: [{ segment, item }] }));
  useMarkPart({ document, items: items ?? [] }, me, looked);
  useInView(root, isSettled ? drawn?.map(keysOf).join(' ') : undefined, onSeen);
  useEffect(() => {
    if (items !== undefined) onItems(segment, items);
  }, [onItems, segment, items]);
  if (items === undefined || drawn === undefined || me === undefined) return <Skeleton rows={4} />;
  return (
    <div ref={root} className="ui-stack">
      {(state === 'failed' || state === 'refused') && (
        <Notice kind="attention" announce>
          {words(`chat.${state}`)}
        </Notice>
      )}
      {byDay(drawn).map(({ day, messages }) => (
        <section key={messages[0] && keyOf(messages[0].shown.item)} className="chat-day" aria-label={format.day(day)}>
          <h2 className="chat-day-name">{format.day(day)}</h2>
          <ol className="chat-messages" role="list">
            {messages.map(({ shown: one, isLate }) => (
              <Message
                key={keyOf(one.item)}
                {...{ shown: one, conversation, me, nameOf, markedOf, isLate, seesRetracted, originals, coverOf }}
                isStaffs={conversation.kind === 'community' && staff?.has(one.item.by)}
                isPlanned={one.item.scheduled !== undefined && staff?.has(one.item.by)}
                // Of what lies in two parts it is not known here how far both have come.
                state={one.said.length > 1 ? undefined : ladder.stateOf(one.item)}
                isClosed={Boolean(conversation.closed)}
                isUnsent={ladder.unsentOf(one.item).length > 0}
                onReply={() => onReply(one.item.id)}
                {...actsOf(one, me)}
              />
            ))}
          </ol>
        </section>
      ))}
      <NotHere {...{ conversation, segment, items }} />
    </div>
  );
}

const keysOf = ({ said }: Shown): string => said.map(({ item }) => wordingKey(item)).join(' ');

/** The same object for as long as it says the same: what follows from it is not done again at each drawing. */
function useMemoized<T>(value: T): T {
  const [kept, setKept] = useState({ value, key: JSON.stringify(value) });
  const key = JSON.stringify(value);
  if (key === kept.key) return kept.value;
  setKept({ value, key });
  return value;
}

/** Where the header tells of more than is on this device, and there is no network: nothing is not said to be all. */
function NotHere({
  conversation: { segment: newest, last },
  segment,
  items,
}: Pick<SegmentProps, 'conversation' | 'segment'> & { items: readonly ChatItem[] }) {
  const words = useWords<ChatWord>();
  const { line } = useSyncStatus();
  const isAll = segment === newest ? isHere([items], { last }) : items.length > 0;
  if (isAll || line !== 'offline') return null;
  return <p className="ui-muted">{words('chat.notHere')}</p>;
}
