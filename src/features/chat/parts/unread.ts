// What of a conversation the reader has not seen, over those of its parts that are open: by his marks in each, and where a part has
// none of his yet, by how many messages the header counts and he had seen when he came. Nothing counts as seen that was not drawn.

import { keyOf } from '../doc-fold.ts';
import type { ChatItem } from '../doc-fold.ts';
import type { ConversationView } from '../queries.ts';

/** The items of the open parts that follow each other, the oldest first. */
export type Parts = readonly (readonly ChatItem[])[];

type Counted = Pick<ConversationView, 'others' | 'unread' | 'last'>;

/** A wording as it is looked at: corrected since, it is another. */
export const wordingKey = ({ by, id, ids }: Pick<ChatItem, 'by' | 'id' | 'ids'>): string =>
  keyOf({ by, id: ids.at(-1) ?? id });

/** What others said that this reader has not seen; `unread` as it is counted. */
export function unseenIn(parts: Parts, { me, unread }: { me: string; unread: number }): ReadonlySet<string> {
  const isMarked = ({ readBy }: ChatItem) => readBy.some(({ by }) => by === me);
  const newest = new Set<string>();
  let left = unread;
  for (const item of parts.flat().toReversed()) {
    if (item.by === me || left <= 0) continue;
    newest.add(wordingKey(item));
    left -= item.ids.length;
  }
  const unseen = parts.flatMap((part) => {
    const hasMark = part.some(isMarked);
    return part.filter((item) => item.by !== me && !isMarked(item) && (hasMark || newest.has(wordingKey(item))));
  });
  return new Set(unseen.map(wordingKey));
}

/** Whether the newest that the header counts is here. */
export const isHere = (parts: Parts, { last }: Pick<Counted, 'last'>): boolean =>
  last === undefined || parts.some((part) => part.some(({ ids }) => ids.includes(last.id)));

/** Whether what is unread begins before the parts that are open. */
export function beginsEarlier(parts: Parts, { me, counted }: { me: string; counted: Counted }): boolean {
  return isHere(parts, counted) && wordingsOfOthers(parts.flat(), me) < counted.unread;
}

/** How many messages of others are to be marked as seen once those left have not been; undefined where that is no news. */
export function othersSeen(
  parts: Parts,
  { me, counted, left }: { me: string; counted: Counted; left: ReadonlySet<string> },
): number | undefined {
  if (!isHere(parts, counted)) return undefined;
  const waiting = parts.flat().filter((item) => left.has(wordingKey(item)));
  const unseen = Math.min(counted.unread, wordingsOfOthers(waiting, me));
  return unseen < counted.unread ? counted.others - unseen : undefined;
}

function wordingsOfOthers(items: readonly ChatItem[], me: string): number {
  return items.reduce((sum, { by, ids }) => (by === me ? sum : sum + ids.length), 0);
}
