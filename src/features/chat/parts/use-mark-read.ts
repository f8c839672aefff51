// Says what the reader has seen, while it is before him: to the others in the conversation's document, and to his own other
// devices by a count in his own space.

import { useEffect, useRef } from 'react';
import { useMutate, useWorkspace } from '../../../sync/client/react.ts';
import { useAuthored } from '../../use-act.ts';
import { readIntent } from '../doc-acts.ts';
import type { ChatItem } from '../doc-fold.ts';
import { doIntent } from '../doc-here.ts';
import { markRead } from '../mutators.ts';
import type { ConversationView } from '../queries.ts';
import { useMe } from './use-me.ts';

interface Shown {
  readonly document: string;
  readonly items: readonly ChatItem[] | undefined;
}

export function useMarkRead(conversation: ConversationView, { document, items = [] }: Shown): void {
  const workspace = useWorkspace();
  const mutate = useMutate();
  const authored = useAuthored();
  const me = useMe();
  const latest = useRef(items);
  useEffect(() => void (latest.current = items));
  const unread = me === undefined ? null : readIntent(items, { me, at: '' });
  const unsaidId = unread === null ? undefined : JSON.stringify(unread);
  // What the header counts and this device has not fetched is not before him.
  const isHere = conversation.last === undefined || items.some(({ id }) => id === conversation.last?.id);
  const count = isHere && conversation.unread > 0 ? conversation.others : undefined;
  useEffect(() => {
    if (unsaidId === undefined || me === undefined) return undefined;
    return whenSeen(() => {
      const intent = readIntent(latest.current, { me, at: new Date().toISOString() });
      if (intent === null) return;
      const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
      void workspace.docs().then((docs) => docs.change({ document, intent, change }));
    });
  }, [workspace, document, me, unsaidId]);
  useEffect(() => {
    if (count === undefined) return undefined;
    return whenSeen(() => {
      const { id: _, ...said } = authored();
      void mutate({ name: markRead.name, args: { ...said, conversation: conversation.id, others: count } });
    });
    // `authored` is made anew at each drawing; it says nothing else of this act.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mutate, conversation.id, count]);
}

/** Now, or when the page is looked at again. */
function whenSeen(does: () => void): () => void {
  if (document.visibilityState === 'visible') {
    does();
    return () => undefined;
  }
  const onChange = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', onChange);
    does();
  };
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
}
