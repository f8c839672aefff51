// What a person does in a conversation, as an intent: words that can be kept, shown where they are refused, and done again. None
// where there is nothing to do: it is so already.

import type { JsonObject } from '../../base/json.ts';
import { seenName } from './doc-fold.ts';
import type { ChatItem } from './doc-fold.ts';
import { READ, reactKey, retractKey } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import { discardKey } from './doc-shape.ts';
import type { ChatReaction } from './doc-shape.ts';

/** `me` as one's messages are signed. */
interface Mine {
  readonly me: string;
  readonly at: string;
}

export const sayIntent = (message: ChatMessage): JsonObject => ({ say: message });

/** What is left to be said of what stands in the form, once what was submitted is kept: one may have gone on writing. */
export function restOf(now: string, submitted: string): string {
  return now.startsWith(submitted) ? now.slice(submitted.length).trimStart() : now;
}

/** Takes back one's own message; it says so from then on. */
export function retractIntent(item: ChatItem, { me, at }: Mine): JsonObject | null {
  if (item.by !== me || item.retractedAt !== undefined) return null;
  return { by: me, key: retractKey(item.id), value: at };
}

/** Says of a file of one's own message that it will not come: it was discarded before it was sent. */
export function discardIntent(item: ChatItem, { me, file }: { me: string; file: string }): JsonObject | null {
  if (item.by !== me || item.discarded.includes(file)) return null;
  return { by: me, key: discardKey(item.id), value: [...item.discarded, file] };
}

/** One reaction of each to each message; null takes it away. */
export function reactIntent(
  item: ChatItem,
  { me, reaction }: { me: string; reaction: ChatReaction | null },
): JsonObject | null {
  const mine = item.reactions.find(({ by }) => by === me)?.reaction ?? null;
  return mine === reaction ? null : { by: me, key: reactKey(item.id), value: reaction };
}

/** Which of the others' messages one has seen, of these; all of them where it is not said. What was seen before stays seen. */
export function readIntent(
  items: readonly ChatItem[],
  { me, at, isSeen = () => true }: Mine & { readonly isSeen?: (item: ChatItem) => boolean },
): JsonObject | null {
  const others = items.filter(({ by }) => by !== me);
  const isMarked = ({ readBy }: ChatItem) => readBy.some(({ by }) => by === me);
  const seen = others.filter((item) => isMarked(item) || isSeen(item));
  const newest = seen.at(-1);
  if (newest === undefined || seen.every(isMarked)) return null;
  const names = seen.map(({ ids }) => seenName(ids.at(-1) ?? ''));
  return { by: me, key: READ, value: { id: newest.ids.at(-1) ?? newest.id, at, seen: names.join('') } };
}
