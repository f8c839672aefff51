// The kind of a conversation's document as a device has it, which judges nothing; and how an intent is done, at first and again.
// An intent says something, or sets one key of what somebody says for himself.

import type { Json, JsonObject } from '../../base/json.ts';
import type { DocKind, DocRoots } from '../../sync/core/doc-kind.ts';
import { CHAT, MESSAGES, retractKey, SEGMENTS } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import { CONVERSATION, HEAD } from './schema.ts';

type Intent = { readonly say?: ChatMessage; readonly by?: string; readonly key?: string; readonly value?: Json };

/** Does what an intent says over the document as it is now; what is there already it leaves. False where it is no such intent. */
export function doIntent(doc: DocRoots, intent: JsonObject): boolean {
  const { say, by, key, value = null } = intent as Intent;
  if (say) {
    const messages = doc.getArray(MESSAGES);
    const isSaid = (one: Partial<ChatMessage> | null) => one?.id === say.id && one.by === say.by;
    if (!messages.toArray().some((one) => isSaid(one as Partial<ChatMessage> | null))) messages.push([say]);
  } else if (by && key) {
    const own = doc.getMap(`by:${by}`);
    if (value !== null) own.set(key, value);
    else own.delete(key);
  } else return false;
  return true;
}

/** Whether the message is here of which somebody says something for himself. */
export function standsIn(doc: DocRoots, { key }: JsonObject): boolean {
  const message = /^(?:react|retract):(.*)$/s.exec(typeof key === 'string' ? key : '')?.[1];
  if (message === undefined) return true;
  return doc
    .getArray(MESSAGES)
    .toArray()
    .some((one) => (one as Partial<ChatMessage> | null)?.id === message);
}

/** That its author has taken a message back. */
export function saidOf(doc: DocRoots, intent: JsonObject): JsonObject[] {
  const { say } = intent as Intent;
  if (say === undefined) return [];
  const key = retractKey(say.id);
  const value = doc.getMap(`by:${say.by}`).get(key);
  return typeof value === 'string' ? [{ by: say.by, key, value }] : [];
}

export const chatHere: DocKind = {
  name: CHAT,
  row: CONVERSATION,
  policy: {},
  roots: {},
  segments: SEGMENTS,
  schemaVersion: 1,
  header: { type: HEAD, fields: (before) => before ?? {} },
  redo: doIntent,
  standsIn,
  saidOf,
};
