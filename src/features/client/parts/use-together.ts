// Does the same with many clients, one act each. How far it is can be seen; it can be stopped, and what was done taken back.

import { useRef, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { doActs } from '../../do-acts.ts';
import type { Act } from '../../do-acts.ts';
import { useAuthored } from '../../use-act.ts';
import type { ClientWord } from '../words/catalogue.ts';
import type { Plan } from './together-plans.ts';

/** Shown so often, not at each of a thousand. */
const SHOWN_EACH = 10;

export interface Run {
  readonly is: 'ready' | 'doing' | 'done' | 'undoing' | 'undone';
  readonly at: number;
  readonly total: number;
  readonly done: number;
  /** Of those that were done, so many can be taken back. */
  readonly canUndo: number;
  readonly refused: readonly Plan[];
  /** This device keeps nothing more. */
  readonly isStuck: boolean;
}

const READY: Run = { is: 'ready', at: 0, total: 0, done: 0, canUndo: 0, refused: [], isStuck: false };

interface Step {
  readonly plan: Plan;
  readonly act: Act;
}

export function useTogether() {
  const words = useWords<ClientWord>();
  const say = useToast();
  const mutate = useMutate();
  const authored = useAuthored();
  const stops = useRef(false);
  const busy = useRef(false);
  const [run, setRun] = useState(READY);

  async function through(steps: readonly (() => Step)[], is: 'doing' | 'undoing') {
    const done: Step[] = [];
    const refused: Plan[] = [];
    let isStuck = false;
    for (const [at, make] of steps.entries()) {
      if (stops.current || isStuck) break;
      const step = make();
      const outcome = await doActs([step.act], mutate);
      if ('error' in outcome) throw outcome.error;
      if (outcome.done > 0) done.push(step);
      else if (typeof outcome.state === 'object') refused.push(step.plan);
      else isStuck = true;
      if (at % SHOWN_EACH === 0) setRun({ ...READY, is, at, total: steps.length });
    }
    return { done, refused, isStuck };
  }

  /** One at a time; what the page is left for goes on. */
  async function perform(steps: readonly (() => Step)[], is: 'doing' | 'undoing'): Promise<void> {
    if (busy.current || steps.length === 0) return;
    busy.current = true;
    stops.current = false;
    setRun({ ...READY, is, total: steps.length });
    try {
      const { done, refused, isStuck } = await through(steps, is);
      const backs = is === 'doing' ? backsOf(done) : [];
      const over = is === 'doing' ? 'done' : 'undone';
      setRun({
        ...{ is: over, at: steps.length, total: steps.length, done: done.length, refused, isStuck },
        canUndo: backs.length,
      });
      last.current = backs;
      if (done.length > 0)
        say({
          text: words(`client.together.${over}`, { count: done.length }),
          onUndo: backs.length > 0 ? () => void perform(backs, 'undoing') : undefined,
        });
    } finally {
      busy.current = false;
    }
  }

  const last = useRef<readonly (() => Step)[]>([]);

  /** The newest first. */
  function backsOf(done: readonly Step[]): (() => Step)[] {
    return [...done].reverse().flatMap(({ plan, act }) => {
      const { undo } = plan;
      return undo === undefined ? [] : [() => ({ plan, act: undo(authored(), act.args as JsonObject) })];
    });
  }

  return {
    run,
    begin: (plans: readonly Plan[]) =>
      perform(
        plans.map((plan) => () => ({ plan, act: plan.act(authored()) })),
        'doing',
      ),
    undo: () => perform(last.current, 'undoing'),
    stop: () => void (stops.current = true),
  };
}
