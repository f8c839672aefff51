import { useEffect } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import type { LadderState } from '../../../ui/ladder.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import { reactIntent, retractIntent } from '../doc-acts.ts';
import { messagesOf } from '../doc-fold.ts';
import type { ChatItem } from '../doc-fold.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import { spaceOfKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { Message } from './message.tsx';
import { useMe } from './use-me.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useSend } from './use-send.ts';

export interface SegmentProps {
  conversation: ConversationView;
  document: string;
  /** The newest part: what is read here counts as read. */
  isLast: boolean;
  seesRetracted: boolean;
  /** It is drawn. */
  onShown: () => void;
  /** How the client is called where a message is hers; to herself she is "You". */
  clientName: string;
}

/** One part of a conversation, by the days on which it was said. */
export function Segment({ conversation, document, isLast, seesRetracted, onShown, clientName }: SegmentProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const me = useMe();
  const authored = useAuthored();
  const doc = useDoc(document);
  const items = doc === undefined ? undefined : messagesOf(doc);
  const stateOf = useStates(conversation, items ?? []);
  const nameOf = useNames(clientName);
  const { state, send } = useSend(conversation);
  useMarkRead(conversation, { document, items: isLast ? items : undefined });
  const isShown = items !== undefined;
  useEffect(() => {
    if (isShown) onShown();
  }, [isShown, onShown]);
  if (items === undefined || me === undefined) return <Skeleton rows={4} />;
  const act = (intent: JsonObject | null) => void (intent && send({ document, intent }));
  return (
    <>
      {(state === 'failed' || state === 'refused') && (
        <Notice kind="attention" announce>
          {words(`chat.${state}`)}
        </Notice>
      )}
      {byDay(items).map(({ day, said }) => (
        <section key={said[0]?.id} className="chat-day" aria-label={format.day(day)}>
          <h2 className="chat-day-name">{format.day(day)}</h2>
          <ol className="chat-messages" role="list">
            {said.map((item) => (
              <Message
                key={item.id}
                {...{ item, me, nameOf, seesRetracted }}
                state={stateOf(item)}
                onRetract={() => act(retractIntent(item, { me, at: authored().at }))}
                onReact={(reaction) => act(reactIntent(item, { me, reaction }))}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** Of one's own: whether it waits on this device, and of the newest that was sent, how far that has come. */
function useStates(conversation: ConversationView, items: readonly ChatItem[]) {
  const me = useMe();
  const space = spaceOfKind(conversation.client, conversation.kind);
  const delivered = useLive((reader) => reader.deliveredThrough(space), [space]) ?? 0;
  const isSent = useSent(items.filter(({ by }) => by === me).map(({ id }) => id));
  const newest = items.findLast(({ id, by }) => by === me && isSent(id));
  const seen = items.findLast(({ by, readBy }) => by === me && readBy.length > 0);
  return ({ id, by, readBy }: ChatItem): LadderState | undefined => {
    if (by !== me) return undefined;
    if (readBy.length > 0) return id === seen?.id ? 'seen' : undefined;
    if (!isSent(id)) return 'device';
    if (id !== newest?.id) return undefined;
    return conversation.version > 0 && delivered >= conversation.version ? 'delivered' : 'sent';
  };
}

/** Which of one's own messages have left this device. One that is just written is not said to be sent before that was looked up. */
function useSent(own: readonly string[]): (id: string) => boolean {
  const workspace = useWorkspace();
  const key = own.join(' ');
  const looked = useLive(async () => {
    const unsent = await workspace.unsent();
    return { own: new Set(key.split(' ')), waiting: new Set(unsent.map(({ mutation }) => messageIn(mutation?.args))) };
  }, [workspace, key]);
  return (id) => looked !== undefined && looked.own.has(id) && !looked.waiting.has(id);
}

/** The id of the message that an update says, where it says one. */
function messageIn(args: JsonObject | undefined): unknown {
  const { say } = (args?.['intent'] ?? {}) as { say?: { id?: unknown } };
  return say?.id;
}

function useNames(clientName: string): (by: string) => string {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  return (by) => (by === me ? words('chat.you') : (names?.get(by) ?? clientName));
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
