// One act for each of many, one after the other: what was done, refused and not come to is known, whatever ends it.

import { doActs } from '../../do-acts.ts';
import type { Act } from '../../do-acts.ts';
import type { Plan } from './together-plans.ts';

/** Shown so often, not at each of a thousand. */
const SHOWN_EACH = 10;

export interface Step {
  readonly plan: Plan;
  readonly act: Act;
}

export interface Gone {
  readonly done: readonly Step[];
  readonly refused: readonly Plan[];
  /** Not done and not refused, in their order. */
  readonly left: readonly (() => Step)[];
  /** This device keeps nothing more. */
  readonly isStuck: boolean;
  /** What nobody foresaw; it is the caller's to throw. */
  readonly error?: unknown;
}

interface Way {
  readonly mutate: Parameters<typeof doActs>[1];
  readonly isStopped: () => boolean;
  readonly tell: (at: number) => void;
}

export async function goThrough(steps: readonly (() => Step)[], { mutate, isStopped, tell }: Way): Promise<Gone> {
  const done: Step[] = [];
  const refused: Plan[] = [];
  for (const [at, make] of steps.entries()) {
    const left = steps.slice(at);
    if (isStopped()) return { done, refused, left, isStuck: false };
    const step = make();
    const outcome = await doActs([step.act], mutate);
    if ('error' in outcome) return { done, refused, left, isStuck: false, error: outcome.error };
    if (outcome.done > 0) done.push(step);
    else if (typeof outcome.state === 'object') refused.push(step.plan);
    else return { done, refused, left, isStuck: true };
    if (at % SHOWN_EACH === 0) tell(at);
  }
  return { done, refused, left: [], isStuck: false };
}
