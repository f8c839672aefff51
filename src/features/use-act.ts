// Acts of every noun's screens: who, when and where they are done, one at a time, and what came of them.

import { createContext, use, useRef, useState } from 'react';
import { newId } from '../base/ids.ts';
import { troubleOf, useMutate, useWorkspace } from '../sync/client/react.ts';
import type { DraftKeeper } from './draft-keeper.ts';

type Mutate = ReturnType<typeof useMutate>;
type Act = Parameters<Mutate>[0];
type Refusal = NonNullable<Awaited<ReturnType<Mutate>>>;

export type ActState = 'ready' | 'busy' | 'failed' | 'full' | { readonly refused: Refusal['code'] };

/** What every mutation says of itself, made at the moment of the act. */
export function useAuthored(): (at?: string) => { id: string; by: string; at: string; zone: string } {
  const { memberId } = useWorkspace().reader;
  return (at = new Date().toISOString()) => ({ id: newId(), by: memberId, at, zone: zoneHere() });
}

/** The zone that this device is in, by its IANA name. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The `mid` of what came back and is mended in the form within. */
export const Mended = createContext<string | undefined>(undefined);

/** Does one act at a time: a second press while the first is being kept does nothing. Resolves to whether it was kept. */
export function useAct(draft?: DraftKeeper): { state: ActState; act: (act: Omit<Act, 'draft'>) => Promise<boolean> } {
  const mutate = useMutate();
  const mends = use(Mended);
  const busy = useRef(false);
  const [state, setState] = useState<ActState>('ready');
  async function act(what: Omit<Act, 'draft'>): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    setState('busy');
    try {
      await draft?.hold();
      const refusal = await mutate({ ...what, ...(draft && { draft: draft.id, ...(mends && { mends }) }) });
      setState(refusal === undefined ? 'ready' : { refused: refusal.code });
      if (refusal === undefined) draft?.drop();
      else draft?.resume();
      return refusal === undefined;
    } catch (error) {
      const trouble = troubleOf(error);
      setState(trouble ?? 'failed');
      draft?.resume();
      if (trouble === undefined) throw error;
      return false;
    } finally {
      busy.current = false;
    }
  }
  return { state, act };
}
