// Acts done one after the other. How many were done is known, whatever stops them: that much can be told and taken back.

import type { JsonObject } from '../base/json.ts';
import { troubleOf } from '../sync/client/react.ts';
import type { useMutate } from '../sync/client/react.ts';
import type { ActState } from './use-act.ts';

export interface Act {
  readonly name: string;
  readonly args: JsonObject;
}

export interface Outcome {
  readonly done: number;
  readonly state: ActState;
  /** What nobody foresaw; it is the caller's to throw. */
  readonly error?: unknown;
}

type Mutate = (act: Act) => ReturnType<ReturnType<typeof useMutate>>;

/** `past`: a refusal does not keep the others from being done. A device that keeps nothing more always stops it. */
export async function doActs(acts: readonly Act[], mutate: Mutate, { past = false } = {}): Promise<Outcome> {
  let done = 0;
  let state: ActState = 'ready';
  for (const act of acts) {
    try {
      const refusal = await mutate(act);
      if (refusal === undefined) done += 1;
      else state = { refused: refusal.code };
      if (refusal !== undefined && !past) break;
    } catch (error) {
      const trouble = troubleOf(error);
      return trouble === undefined ? { done, state: 'failed', error } : { done, state: trouble };
    }
  }
  return { done, state };
}
