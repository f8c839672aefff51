// How something is said and done in a conversation: it is begun where nobody has, then the document is changed, and what was typed
// is gone from the draft in the same act. One at a time, and kept on this device before it is shown.

import { useRef, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { troubleOf, useWorkspace } from '../../../sync/client/react.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import { useAuthored } from '../../use-act.ts';
import { doIntent } from '../doc-here.ts';
import { fileIdsOf } from '../../file/schema.ts';
import type { ChatMessage } from '../doc-names.ts';
import { open } from '../mutators.ts';
import { isStanding } from '../schema.ts';
import type { ConversationView } from '../queries.ts';

export type SendState = 'ready' | 'busy' | 'failed' | 'full' | 'refused';

interface Said {
  readonly document: string;
  readonly intent: JsonObject;
  readonly draft?: DraftKeeper;
}

export function useSend(conversation: Pick<ConversationView, 'client' | 'kind' | 'isBegun'>): {
  state: SendState;
  /** Resolves to whether it was kept. */
  send(said: Said): Promise<boolean>;
} {
  const workspace = useWorkspace();
  const authored = useAuthored();
  const busy = useRef(false);
  const [state, setState] = useState<SendState>('ready');

  async function begin(): Promise<boolean> {
    // One that is no standing one is there because somebody has begun it.
    if (conversation.isBegun || !isStanding(conversation.kind)) return true;
    const { id: _, ...said } = authored();
    const { client, kind } = conversation;
    return (await workspace.mutate({ name: open.name, args: { ...said, client, kind } })) === undefined;
  }

  async function change({ document, intent, draft }: Said): Promise<boolean> {
    await draft?.hold();
    if (!(await begin())) return false;
    const docs = await workspace.docs();
    const files = fileIdsOf((intent as { say?: ChatMessage }).say?.media ?? []);
    const act = {
      document,
      intent,
      files,
      change: (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent),
    };
    return (await docs.change({ ...act, ...(draft && { draft: draft.id }) })) === undefined;
  }

  async function send(said: Said): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    setState('busy');
    try {
      const isKept = await change(said);
      setState(isKept ? 'ready' : 'refused');
      if (isKept) said.draft?.drop();
      else said.draft?.resume();
      return isKept;
    } catch (error) {
      const trouble = troubleOf(error);
      setState(trouble ?? 'failed');
      said.draft?.resume();
      if (trouble === undefined) throw error;
      return false;
    } finally {
      busy.current = false;
    }
  }
  return { state, send };
}
