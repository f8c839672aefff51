// The kind of a conversation's document as a device has it, which judges nothing; and how an intent is done, at first and again.
// An intent says something, or sets one key of what somebody says for himself.

import type { Json, JsonObject } from '../../base/json.ts';
import type { DocKind, DocRoots } from '../../sync/core/doc-kind.ts';
import { CHAT, MESSAGES, SEGMENTS } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import { CONVERSATION, HEAD } from './schema.ts';

type Intent = { readonly say?: ChatMessage; readonly by?: string; readonly key?: string; readonly value?: Json };

/** Does what an intent says over the document as it is now; what is there already it leaves. False where it is no such intent. */
export function doIntent(doc: DocRoots, intent: JsonObject): boolean {
  const { say, by, key, value = null } = intent as Intent;
  if (say) {
    const messages = doc.getArray(MESSAGES);
    if (!messages.toArray().some((one) => (one as ChatMessage | null)?.id === say.id)) messages.push([say]);
  } else if (by && key) {
    const own = doc.getMap(`by:${by}`);
    if (value !== null) own.set(key, value);
    else own.delete(key);
  } else return false;
  return true;
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
};
