// The conversations' part of the inbox: those in which something waits for an answer, and what is done about one. From rows alone;
// what was said is opened for what is on the screen.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useSteady } from '../../../ui/use-steady.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { InboxFeed, InboxRow, InboxStand, InboxVerb } from '../../inbox/schema.ts';
import type { ActState } from '../../use-act.ts';
import { answerHours } from '../queries.ts';
import { answeredConversations, queuedConversations } from '../queries-duty.ts';
import type { QueuedConversation } from '../queries-duty.ts';
import type { ChatWord } from '../words/catalogue.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';
import { dueOf } from '../schema-due.ts';
import { isPutOff, rowOf } from './duty-row.ts';
import { GiveDialog } from './give-dialog.tsx';
import { InboxConversation } from './inbox-conversation.tsx';
import { useDutyActs } from './use-duty-acts.ts';

export interface ChatFeedOptions {
  stand: InboxStand;
  hrefOf: (conversation: QueuedConversation) => string;
  /** Name and birth date, together, of the client to whom one writes. */
  headerOf: (client: string) => ReactNode;
  adviceOf?: ((client: string, body: string) => ReactNode) | undefined;
  /** For who manages and does not answer: how long conversations wait. */
  isAgeOnly: boolean;
  /** Also what waits on the clients. */
  withAnswered: boolean;
}

export function useChatFeed({
  stand,
  hrefOf,
  headerOf,
  adviceOf,
  isAgeOnly,
  withAnswered,
}: ChatFeedOptions): InboxFeed<ReactNode> {
  const words = useWords<ChatWord | DutyWord>();
  const { memberId } = useWorkspace().reader;
  const say = useToast();
  const acts = useDutyActs();
  const [giving, setGiving] = useState<QueuedConversation | null>(null);
  const also = [...stand.handled, ...(stand.replying === null ? [] : [stand.replying])].sort().join(' ');
  const read = useLive(
    async (reader) => {
      const queue = await queuedConversations(reader, also.split(' ').filter(Boolean));
      const there = new Set(queue.map(({ id }) => id));
      const answered = withAnswered ? await answeredConversations(reader) : [];
      return { queue: [...queue, ...answered.filter(({ id }) => !there.has(id))], hours: await answerHours(reader) };
    },
    [also, withAnswered],
  );
  const byId = ({ id }: InboxRow) => read?.queue.find((one) => one.id === id);
  function act(verb: InboxVerb, one: QueuedConversation): void {
    const { duty, closed } = one;
    // Nothing can be said in it: the row says so, and opens it again.
    if (verb === 'reply') return closed ? void say({ text: words('chat.closed') }) : stand.reply(one.id);
    if (verb === 'open') return acts.open(one);
    if (duty === null) return undefined;
    if (verb === 'delegate') return setGiving(one);
    if (verb === 'take') return acts.take(one, duty);
    if (verb === 'snooze') acts.snooze(one, duty, isPutOff(duty, stand.nowMs));
    else if (verb === 'noReply') acts.settle(one, duty, 'no-reply');
    else if (verb === 'resolve') acts.settle(one, duty, 'resolved');
    else return undefined;
    return stand.keep([one.id]);
  }
  const onAct = useSteady(act);
  const onSent = useSteady((one: QueuedConversation) => {
    stand.keep([one.id]);
    stand.reply(null);
    say({ text: words('duty.said.sent') });
  });
  return {
    noun: 'chat',
    rows: read?.queue.map((one) => rowOf(one, { hours: read.hours, me: memberId, nowMs: stand.nowMs })),
    draw(row) {
      const one = byId(row);
      if (one === undefined) return null;
      const isReplying = stand.replying === one.id;
      return (
        <InboxConversation
          conversation={one}
          dueAt={one.duty && dueOf(one.duty.since, read?.hours)}
          nowMs={stand.nowMs}
          href={hrefOf(one)}
          {...{ isReplying, isAgeOnly }}
          header={isReplying ? headerOf(one.client) : null}
          adviceOf={adviceOf && ((body) => adviceOf(one.client, body))}
          {...{ onAct, onSent }}
          onClose={() => stand.reply(null)}
        />
      );
    },
    act(verb, row) {
      const one = byId(row);
      if (one !== undefined && !isAgeOnly) act(verb, one);
    },
    undoLast: acts.undoLast,
    isAsking: giving !== null,
    beside: (
      <>
        <DutyProblem state={acts.state} />
        <GiveDialog
          conversation={giving}
          header={giving && headerOf(giving.client)}
          onClose={() => setGiving(null)}
          onGive={(to) => giving?.duty && acts.give(giving, giving.duty, to)}
        />
      </>
    ),
  };
}

export function DutyProblem({ state }: { state: ActState }) {
  const words = useWords<DutyWord | UiWord>();
  if (state === 'ready' || state === 'busy') return null;
  const word = state === 'full' ? 'ui.full' : state === 'failed' ? 'duty.failed' : 'duty.refused';
  return (
    <Notice kind="attention" announce>
      {words(word)}
    </Notice>
  );
}
