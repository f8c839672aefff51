// Says what the reader has seen: to the others in the conversation's document, part by part, and to his own other devices by a
// count in his own space. What cannot be kept now is said the next time that it is looked at.

import { useEffect, useRef } from 'react';
import { useMutate, useWorkspace } from '../../../sync/client/react.ts';
import { useAuthored } from '../../use-act.ts';
import { readIntent } from '../doc-acts.ts';
import type { ChatItem } from '../doc-fold.ts';
import { doIntent } from '../doc-here.ts';
import { markRead } from '../mutators.ts';
import type { ConversationView } from '../queries.ts';
import { othersSeen, wordingKey } from './unread.ts';
import type { Parts } from './unread.ts';

/** What of a conversation was before the reader's eyes while it is open, and what of it he has not seen, by wording. */
export interface Looked {
  readonly shown: ReadonlySet<string>;
  readonly unseen: ReadonlySet<string>;
}

/** Marks what of one part was seen. */
export function useMarkPart(
  { document, items }: { document: string; items: readonly ChatItem[] },
  me: string | undefined,
  { shown, unseen }: Looked,
): void {
  const workspace = useWorkspace();
  const isSeen = (item: ChatItem) => shown.has(wordingKey(item)) || !unseen.has(wordingKey(item));
  const isNews = items.some((item) => shown.has(wordingKey(item)) && unseen.has(wordingKey(item)));
  const intent = isNews && me !== undefined ? readIntent(items, { me, at: '', isSeen }) : null;
  const latest = useRef(intent);
  useEffect(() => void (latest.current = intent));
  const key = intent === null ? undefined : JSON.stringify(intent);
  useEffect(() => {
    if (key === undefined || latest.current === null) return;
    const mark = { ...(latest.current['value'] as object), at: new Date().toISOString() };
    const said = { ...latest.current, value: mark };
    const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, said);
    void workspace
      .docs()
      .then((docs) => docs.change({ document, intent: said, change }))
      .catch(() => undefined);
  }, [workspace, document, key]);
}

/** Counts what was seen of all open parts, where they follow each other to the newest. */
export function useMarkCount(
  conversation: ConversationView,
  { parts, me, looked }: { parts: Parts; me: string | undefined; looked: Looked },
): void {
  const mutate = useMutate();
  const authored = useAuthored();
  const left = new Set([...looked.unseen].filter((one) => !looked.shown.has(one)));
  const isLookedAt = looked.shown.size > 0 && me !== undefined && conversation.unread > 0;
  const count = isLookedAt ? othersSeen(parts, { me, counted: conversation, left }) : undefined;
  useEffect(() => {
    if (count === undefined) return;
    const { id: _, ...said } = authored();
    const args = { ...said, conversation: conversation.id, others: count };
    void mutate({ name: markRead.name, args }).catch(() => undefined);
    // `authored` is made anew at each drawing; it says nothing else of this act.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mutate, conversation.id, count]);
}
