// Which parts of a conversation are open: the newest, as many before it as what is unread needs, and those that were asked for; and
// what of them was before the reader's eyes. It opens where the unread begins, or at the end.

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ChatItem } from '../doc-fold.ts';
import { joinParts, shownWith } from '../doc-parts.ts';
import type { ConversationView } from '../queries.ts';
import { beginsEarlier, unseenIn } from './unread.ts';
import { keysOn } from './use-in-view.ts';
import { useJump } from './use-jump.ts';
import { useMarkCount } from './use-mark-read.ts';
import { useMe } from './use-me.ts';

/** Parts drawn at once: far more than two people have ever said, and no more than a browser can hold. */
const MOST_PARTS = 50;

/** `asked` is a message to begin at. */
export function useParts(conversation: ConversationView, asked: string | undefined) {
  const me = useMe();
  const { segment, others, unread } = conversation;
  const [seenBefore] = useState(others - unread);
  const [from, showEarlier] = useState(segment);
  const { itemsBy, shown, onItems, onSeen } = useLooks();
  const oldest = Math.max(1, segment - MOST_PARTS + 1);
  const isOpen = (one: number) => itemsBy.has(one);
  const partsFrom = (least: number) =>
    Array.from({ length: segment - least + 1 }, (_, i) => itemsBy.get(least + i) ?? []);
  const isShort = (least: number) =>
    me !== undefined && least > oldest && beginsEarlier(partsFrom(least), { me, counted: conversation });
  let first = Math.max(Math.min(from, segment), oldest);
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
  const joined = useMemo(() => joinedFrom(itemsBy, first), [itemsBy, first]);
  const isMore = first > oldest;
  const earlier = () => showEarlier(first - 1);
  const jump = useJump(asked, { joined, isReady: isThere && isSettled, isMore, earlier });
  const originals = { find: (id: string) => shownWith(joined, id), jumpTo: jump.jumpTo };
  const looks = { looked, isSettled, onItems, onSeen };
  return { segments, joined, isMore, earlier, end, onWritable, originals, isMissing: jump.isMissing, looks };
}

/** Only parts that follow each other to the newest: what is open beyond a gap tells nothing of what lies in it. */
function joinedFrom(itemsBy: ReadonlyMap<number, readonly ChatItem[]>, first: number) {
  const open = [...itemsBy].filter(([segment]) => segment >= first).sort(([a], [b]) => a - b);
  return joinParts(open.map(([segment, items]) => ({ segment, items })));
}

/** What the parts say of themselves as they are drawn. */
function useLooks() {
  const [itemsBy, setItems] = useState<ReadonlyMap<number, readonly ChatItem[]>>(new Map());
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const onItems = useCallback(
    (segment: number, items: readonly ChatItem[]) => setItems((before) => new Map([...before, [segment, items]])),
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
      keysOn(element).some((key) => unseen.has(key)),
    );
    if (firstNew && firstNew.getBoundingClientRect().top < 0) firstNew.scrollIntoView({ block: 'start' });
    setSettled(true);
  }, [isReady, isSettled, unseen]);
  return { end, isSettled };
}
