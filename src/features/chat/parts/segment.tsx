import { useEffect, useRef, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { useLive, useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import { reactIntent, retractIntent } from '../doc-acts.ts';
import { keyOf, messagesOf } from '../doc-fold.ts';
import type { ChatItem } from '../doc-fold.ts';
import { AUTOMATIC } from '../doc-shape.ts';
import type { ChatReaction } from '../doc-shape.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import { isHere, wordingKey } from './unread.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { Message } from './message.tsx';
import { useInView } from './use-in-view.ts';
import { useLadder } from './use-ladder.ts';
import { useMarkPart } from './use-mark-read.ts';
import type { Looked } from './use-mark-read.ts';
import { useMe } from './use-me.ts';
import { useSend } from './use-send.ts';

export interface SegmentProps {
  conversation: ConversationView;
  document: string;
  segment: number;
  seesRetracted: boolean;
  /** It stands where the reader is to begin: what is before his eyes counts as seen. */
  isSettled: boolean;
  looked: Looked;
  onItems: (document: string, items: readonly ChatItem[]) => void;
  onSeen: (keys: readonly string[]) => void;
  /** How the client is called where a message is hers; to herself she is "You". */
  clientName: string;
}

/** One part of a conversation, by the days on which it was said. */
export function Segment(props: SegmentProps) {
  const { conversation, document, segment, seesRetracted, isSettled, looked, onItems, onSeen, clientName } = props;
  const words = useWords<ChatWord>();
  const format = useFormat();
  const me = useMe();
  const doc = useDoc(document);
  const items = useMemoized(doc === undefined ? undefined : messagesOf(doc));
  const ladder = useLadder(conversation, { document, segment, items: items ?? [] });
  const nameOf = useNames(clientName);
  const { state, actsOf } = useActs(conversation, document, ladder);
  const root = useRef<HTMLDivElement>(null);
  useMarkPart({ document, items: items ?? [] }, me, looked);
  useInView(root, isSettled ? items?.map(wordingKey).join(' ') : undefined, onSeen);
  useEffect(() => {
    if (items !== undefined) onItems(document, items);
  }, [onItems, document, items]);
  if (items === undefined || me === undefined) return <Skeleton rows={4} />;
  return (
    <div ref={root} className="ui-stack">
      {(state === 'failed' || state === 'refused') && (
        <Notice kind="attention" announce>
          {words(`chat.${state}`)}
        </Notice>
      )}
      {byDay(items).map(({ day, said }) => (
        <section key={said[0] && keyOf(said[0])} className="chat-day" aria-label={format.day(day)}>
          <h2 className="chat-day-name">{format.day(day)}</h2>
          <ol className="chat-messages" role="list">
            {said.map((item) => (
              <Message
                key={keyOf(item)}
                {...{ item, me, nameOf, seesRetracted }}
                state={ladder.stateOf(item)}
                isUnsent={ladder.unsentOf(item) !== undefined}
                {...actsOf(item, me)}
              />
            ))}
          </ol>
        </section>
      ))}
      <NotHere {...{ conversation, segment, items }} />
    </div>
  );
}

/** The same object for as long as it says the same: what follows from it is not done again at each drawing. */
function useMemoized<T>(value: T): T {
  const [kept, setKept] = useState({ value, key: JSON.stringify(value) });
  const key = JSON.stringify(value);
  if (key === kept.key) return kept.value;
  setKept({ value, key });
  return value;
}

function useActs(conversation: ConversationView, document: string, ladder: ReturnType<typeof useLadder>) {
  const workspace = useWorkspace();
  const authored = useAuthored();
  const { state, send } = useSend(conversation);
  const act = (intent: JsonObject | null) => void (intent && send({ document, intent }));
  const actsOf = (item: ChatItem, me: string) => ({
    onRetract() {
      const unsent = ladder.unsentOf(item);
      if (unsent === undefined) act(retractIntent(item, { me, at: authored().at }));
      else void workspace.discard(unsent);
    },
    onReact: (reaction: ChatReaction | null) => act(reactIntent(item, { me, reaction })),
  });
  return { state, actsOf };
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

function useNames(clientName: string): (by: string) => string {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  return (by) => {
    if (by === me) return words('chat.you');
    return by === AUTOMATIC ? words('chat.practice') : (names?.get(by) ?? clientName);
  };
}

/** Runs of one day, on this device's own clock. */
function byDay(items: readonly ChatItem[]): { day: string; said: ChatItem[] }[] {
  const days: { day: string; said: ChatItem[] }[] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last && new Date(last.day).toDateString() === new Date(item.at).toDateString()) last.said.push(item);
    else days.push({ day: item.at, said: [item] });
  }
  return days;
}
