// What a person does in a conversation, as an intent: words that can be kept, shown where they are refused, and done again. None
// where there is nothing to do: it is so already.

import type { JsonObject } from '../../base/json.ts';
import type { ChatItem } from './doc-fold.ts';
import { READ, reactKey, retractKey } from './doc-names.ts';
import type { ChatMessage, ChatReaction } from './doc-names.ts';

/** `me` as one's messages are signed. */
interface Mine {
  readonly me: string;
  readonly at: string;
}

export const sayIntent = (message: ChatMessage): JsonObject => ({ say: message });

/** Takes back one's own message; it says so from then on. */
export function retractIntent(item: ChatItem, { me, at }: Mine): JsonObject | null {
  if (item.by !== me || item.retractedAt !== undefined) return null;
  return { by: me, key: retractKey(item.id), value: at };
}

/** One reaction of each to each message; null takes it away. */
export function reactIntent(
  item: ChatItem,
  { me, reaction }: { me: string; reaction: ChatReaction | null },
): JsonObject | null {
  const mine = item.reactions.find(({ by }) => by === me)?.reaction ?? null;
  return mine === reaction ? null : { by: me, key: reactKey(item.id), value: reaction };
}

/** Says that one has read up to the newest message of others; never back to an earlier one. */
export function readIntent(items: readonly ChatItem[], { me, at }: Mine): JsonObject | null {
  const newest = items.findLast(({ by }) => by !== me);
  if (newest === undefined || newest.readBy.some(({ by }) => by === me)) return null;
  return { by: me, key: READ, value: { id: newest.id, at } };
}
