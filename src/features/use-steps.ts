// Steps of one who reviews, each told in a toast, with the way back from the last one.

import { useRef, useState } from 'react';
import { useMutate } from '../sync/client/react.ts';
import type { ActState } from './use-act.ts';
import { doActs } from './do-acts.ts';
import type { Act } from './do-acts.ts';
import { createWayBack } from './way-back.ts';
import type { Say } from './way-back.ts';

export interface Step {
  /** A second press while this is being kept does nothing. */
  readonly key: string;
  readonly acts: readonly Act[];
  /** Something was kept in a form before: it is told and can be taken back even where none of the acts was done. */
  readonly isMade?: boolean;
  /** What is told where so many of the acts were done. */
  readonly said: (done: number) => string;
  /** What takes those back, made when it is asked for; left out where nothing does. */
  readonly undo?: ((done: number) => readonly Act[]) | undefined;
}

/** `say` shows a toast and gives what takes it away; `said` is in the reader's words. */
export function useSteps(say: Say, said: { readonly undone: string; readonly nothing: string }) {
  const mutate = useMutate();
  const busy = useRef(new Set<string>());
  const [wayBack] = useState(createWayBack);
  const [state, setState] = useState<ActState>('ready');

  async function perform({ key, acts, isMade = false, said: tell, undo }: Step): Promise<void> {
    if (busy.current.has(key)) return;
    busy.current.add(key);
    const outcome = await doActs(acts, mutate).finally(() => busy.current.delete(key));
    setState(outcome.state);
    if (isMade || outcome.done > 0)
      wayBack.offer(say, tell(outcome.done), undo && (() => void undoAll(undo(outcome.done))));
    if ('error' in outcome) throw outcome.error;
  }
  /** Where the device keeps nothing more, the key goes on with it. */
  async function undoAll(acts: readonly Act[]): Promise<void> {
    const outcome = await doActs(acts, mutate, { past: true });
    setState(outcome.state);
    const isStopped = outcome.state === 'full' || outcome.state === 'failed';
    // What was left can be taken back later: what was taken back before is refused, and gone past.
    if (isStopped) wayBack.keep(() => void undoAll(acts));
    else if (outcome.done > 0) say({ text: said.undone });
    if ('error' in outcome) throw outcome.error;
  }
  return {
    state,
    perform,
    tell: (text: string) => void say({ text }),
    undoLast() {
      if (!wayBack.go()) say({ text: said.nothing });
    },
  };
}
