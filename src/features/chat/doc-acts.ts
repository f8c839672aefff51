// What a person does in a conversation's document, in words that can be kept and done again: to say something, to take it back,
// to name what one thinks of it, to have read so far. Each leaves alone what is there already.

import type { JsonObject } from '../../base/json.ts';
import type { DocKind, DocRoots } from '../../sync/core/doc-kind.ts';
import { CHAT, CHAT_REACTIONS, MESSAGES, reactKey, READ, retractKey, SEGMENTS } from './doc-names.ts';
import type { ChatMessage, ChatReaction } from './doc-names.ts';
import { CONVERSATION, HEAD } from './schema.ts';

export function addMessage(doc: DocRoots, message: ChatMessage): void {
  const messages = doc.getArray(MESSAGES);
  const isThere = messages.toArray().some((one) => idOf(one) === message.id);
  if (!isThere) messages.push([message]);
}

/** Takes back one's own message; it says so from then on. */
export function retract(doc: DocRoots, { me, message, at }: { me: string; message: string; at: string }): void {
  const own = doc.getMap(`by:${me}`);
  if (own.get(retractKey(message)) === undefined) own.set(retractKey(message), at);
}

/** One reaction of each to each message; null takes it away. */
export function react(
  doc: DocRoots,
  { me, message, reaction }: { me: string; message: string; reaction: ChatReaction | null },
): void {
  const own = doc.getMap(`by:${me}`);
  const key = reactKey(message);
  if (reaction === null) {
    if (own.get(key) !== undefined) own.delete(key);
  } else if (own.get(key) !== reaction) own.set(key, reaction);
}

/** Says that one has read up to this message; never back to an earlier one. */
export function markRead(doc: DocRoots, { me, message, at }: { me: string; message: string; at: string }): void {
  const own = doc.getMap(`by:${me}`);
  const order = doc.getArray(MESSAGES).toArray().map(idOf);
  const before = own.get(READ) as { id?: unknown } | undefined;
  if (order.indexOf(message) > order.indexOf(before?.id)) own.set(READ, { id: message, at });
}

/**
 * Does what an intent says over the document as it is now; false where it is none of this kind. It is one of `{ say: message }`,
 * `{ me, retract: id, at }`, `{ me, react: id, reaction: name | null }` and `{ me, read: id, at }`; `me` as messages are signed.
 */
export function doIntent(doc: DocRoots, intent: JsonObject): boolean {
  const { say, me, retract: taken, react: to, reaction, read, at } = intent;
  if (say !== undefined) {
    addMessage(doc, say as ChatMessage);
    return true;
  }
  if (typeof me !== 'string') return false;
  if (typeof taken === 'string') retract(doc, { me, message: taken, at: String(at) });
  else if (typeof to === 'string') react(doc, { me, message: to, reaction: reactionOf(reaction) });
  else if (typeof read === 'string') markRead(doc, { me, message: read, at: String(at) });
  else return false;
  return true;
}

/** The kind as a device has it, which judges nothing. */
export const chatHere: DocKind = {
  name: CHAT,
  row: CONVERSATION,
  policy: {},
  roots: {},
  segments: SEGMENTS,
  schemaVersion: 1,
  header: { type: HEAD, fields: (before) => before ?? {} },
  redo: doIntent,
};

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}

function reactionOf(name: unknown): ChatReaction | null {
  return CHAT_REACTIONS.find((one) => one === name) ?? null;
}
