// The kind of a conversation's document as a device has it, which judges nothing; and how an intent is done, at first and again.
// An intent says something, or sets one key of what somebody says for himself.

import type { Json, JsonObject } from '../../base/json.ts';
import type { DocKind, DocRoots } from '../../sync/core/doc-kind.ts';
import { CHAT, MESSAGES, retractKey, SEGMENTS } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import type { Head } from './schema-head.ts';
import { CONVERSATION, HEAD } from './schema.ts';

type Intent = { readonly say?: ChatMessage; readonly by?: string; readonly key?: string; readonly value?: Json };

/**
 * Does what an intent says over the document as it is now; what is there already it leaves. False where it is no such intent. A message
 * that was taken back in the part in which it `was` shown is so in this one.
 */
export function doIntent(doc: DocRoots, intent: JsonObject, was?: DocRoots): boolean {
  const { say, by = say?.by, key = say && retractKey(say.id), value = null } = intent as Intent;
  if (!by || !key) return false;
  const root = `by:${by}`;
  const own = doc.getMap(root);
  const next = say ? was?.getMap(root).get(key) : value;
  if (say) {
    const messages = doc.getArray(MESSAGES);
    const all = messages.toArray() as (Partial<ChatMessage> | null)[];
    if (!all.some((one) => one?.id === say.id && one.by === by)) messages.push([say]);
  }
  if (next) own.set(key, next as Json);
  else if (!say) own.delete(key);
  return true;
}

/** As the head counts them. */
export const holdsWordsOf = ({ counts }: JsonObject, user: string): boolean =>
  ((counts as Head['counts'] | undefined)?.[user] ?? 0) > 0;

export const chatHere: DocKind = {
  name: CHAT,
  row: CONVERSATION,
  policy: {},
  roots: {},
  segments: SEGMENTS,
  schemaVersion: 1,
  header: { type: HEAD, fields: (before) => before ?? {}, holdsWordsOf },
  redo: doIntent,
};
