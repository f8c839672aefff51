// Which parts of a conversation are open: the newest, as many before it as what is unread needs, and those that were asked for; and
// what of them was before the reader's eyes. It opens where the unread begins, or at the end.

import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ChatItem } from '../doc-fold.ts';
import type { ConversationView } from '../queries.ts';
import { beginsEarlier, unseenIn } from './unread.ts';
import { useMarkCount } from './use-mark-read.ts';
import { useMe } from './use-me.ts';

/** Parts drawn at once: far more than two people have ever said, and no more than a browser can hold. */
const MOST_PARTS = 50;

export function useParts(conversation: ConversationView, documentOf: (segment: number) => string) {
  const me = useMe();
  const { segment, others, unread } = conversation;
  const [seenBefore] = useState(others - unread);
  const [asked, showEarlier] = useState(segment);
  const { itemsBy, shown, onItems, onSeen } = useLooks();
  const oldest = Math.max(1, segment - MOST_PARTS + 1);
  const isOpen = (one: number) => itemsBy.has(documentOf(one));
  const partsFrom = (from: number) =>
    Array.from({ length: segment - from + 1 }, (_, i) => itemsBy.get(documentOf(from + i)) ?? []);
  const isShort = (from: number) =>
    me !== undefined && from > oldest && beginsEarlier(partsFrom(from), { me, counted: conversation });
  let first = Math.max(Math.min(asked, segment), oldest);
  while (isOpen(first) && isShort(first)) first -= 1;
  const segments = Array.from({ length: segment - first + 1 }, (_, i) => first + i);
  const parts = partsFrom(first);
  const isThere = me !== undefined && segments.every(isOpen);
  const unseen = unseenIn(parts, { me: me ?? '', unread: others - seenBefore });
  const looked = { shown, unseen };
  useMarkCount(conversation, { parts: isThere ? parts : [], me, looked });
  const [isWritable, setWritable] = useState(false);
  const onWritable = useCallback(() => setWritable(true), []);
  const { end, isSettled } = useOpening(isWritable && (isThere || !conversation.isBegun), unseen);
  return { first, segments, isMore: first > oldest, showEarlier, isSettled, end, looked, onItems, onSeen, onWritable };
}

/** What the parts say of themselves as they are drawn. */
function useLooks() {
  const [itemsBy, setItems] = useState<ReadonlyMap<string, readonly ChatItem[]>>(new Map());
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const onItems = useCallback(
    (document: string, items: readonly ChatItem[]) => setItems((before) => new Map([...before, [document, items]])),
    [],
  );
  const onSeen = useCallback(
    (keys: readonly string[]) =>
      setShown((before) => (keys.every((key) => before.has(key)) ? before : new Set([...before, ...keys]))),
    [],
  );
  return { itemsBy, shown, onItems, onSeen };
}

/** Brings the newest and the composer into view when the screen opens, or where the unread begins; later it stays where the reader is. */
function useOpening(isReady: boolean, unseen: ReadonlySet<string>) {
  const end = useRef<HTMLDivElement>(null);
  const [isSettled, setSettled] = useState(false);
  useLayoutEffect(() => {
    if (!isReady || isSettled) return;
    end.current?.scrollIntoView({ block: 'end' });
    const [firstNew] = [...document.querySelectorAll<HTMLElement>('[data-message]')].filter((element) =>
      unseen.has(element.dataset['message'] ?? ''),
    );
    if (firstNew && firstNew.getBoundingClientRect().top < 0) firstNew.scrollIntoView({ block: 'start' });
    setSettled(true);
  }, [isReady, isSettled, unseen]);
  return { end, isSettled };
}
