// Does the same with many clients, one act each. How far it is can be seen; it can be stopped, and what was done taken back.

import { useRef, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { goThrough } from './go-through.ts';
import type { Gone, Step } from './go-through.ts';
import type { Plan } from './together-plans.ts';

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

/** `onDone`: with some of them, at least, it was done. */
export function useTogether(onDone?: () => void) {
  const words = useWords<ClientWord>();
  const say = useToast();
  const mutate = useMutate();
  const authored = useAuthored();
  const stops = useRef(false);
  const busy = useRef(false);
  const [run, setRun] = useState(READY);

  /** One at a time; what the page is left for goes on. */
  async function perform(steps: readonly (() => Step)[], is: 'doing' | 'undoing'): Promise<void> {
    if (busy.current || steps.length === 0) return;
    busy.current = true;
    stops.current = false;
    const total = steps.length;
    const tell = (at: number) => setRun({ ...READY, is, at, total });
    tell(0);
    try {
      const gone = await goThrough(steps, { mutate, isStopped: () => stops.current, tell });
      over(gone, is, total);
      if ('error' in gone) throw gone.error;
    } finally {
      busy.current = false;
    }
  }

  /** However it ended: what was done can be taken back, and what a stopped taking back has left still can. */
  function over({ done, refused, left, isStuck }: Gone, was: 'doing' | 'undoing', total: number): void {
    const backs = was === 'doing' ? backsOf(done) : left;
    const is = was === 'doing' ? 'done' : 'undone';
    last.current = backs;
    setRun({ is, at: total, total, done: done.length, refused, isStuck, canUndo: backs.length });
    if (done.length === 0) return;
    if (was === 'doing') onDone?.();
    say({
      text: words(`client.together.${is}`, { count: done.length }),
      onUndo: backs.length > 0 ? () => void perform(backs, 'undoing') : undefined,
    });
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
