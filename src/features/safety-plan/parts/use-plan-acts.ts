// What is done to a plan, and how each is taken back: a toast says what was done and undoes it, on the ground of the change itself.

import { troubleOf, useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { changePlan } from '../mutators.ts';
import type { PlanQuestion } from '../queries.ts';
import { PLAN_PARTS } from '../schema.ts';
import type { PlanPart, PlanParts } from '../schema.ts';
import type { PlanSaid } from './plan-said.ts';

interface Changing {
  readonly changes: PlanParts;
  /** What the changed parts said before. */
  readonly before: Readonly<Record<PlanPart, string | null>>;
  readonly base: number;
  readonly questions: readonly PlanQuestion[];
}

export interface PlanActs {
  readonly state: ActState;
  /** Resolves to whether it was kept. */
  change(changing: Changing): Promise<boolean>;
}

export function usePlanActs(client: string, keeper?: DraftKeeper): PlanActs {
  const words = useWords<PlanSaid>();
  const say = useToast();
  const authored = useAuthored();
  const mutate = useMutate();
  const { state, act } = useAct(keeper);
  const acting = (base: number, args: { changes: PlanParts; beside?: true }) => {
    return { name: changePlan.name, args: { ...authored(), client, ...args }, base };
  };
  async function undo({ changes, before, base, questions }: Changing): Promise<void> {
    const changed = PLAN_PARTS.filter((part) => part in changes);
    const back = Object.fromEntries(changed.map((part) => [part, before[part]]));
    // A question that the change had answered is asked again, with all its wordings.
    const beside = questions
      .filter(({ part }) => changed.includes(part))
      .flatMap(({ part, versions }) =>
        versions.filter(({ value }) => value !== before[part]).map((one) => ({ part, one })),
      )
      .map(({ part, one }) => acting(base, { changes: { [part]: one.value }, beside: true }));
    try {
      const refusals = [];
      for (const one of [acting(base, { changes: back }), ...beside]) refusals.push(await mutate(one));
      const isDone = refusals.every((refusal) => refusal === undefined);
      say({ text: words(isDone ? 'safetyPlan.undone' : 'safetyPlan.refused') });
    } catch (error) {
      say({ text: words('safetyPlan.failed') });
      if (troubleOf(error) === undefined) throw error;
    }
  }
  return {
    state,
    async change(changing) {
      const done = await act(acting(changing.base, { changes: changing.changes }));
      if (done) say({ text: words('journal.saved'), onUndo: () => void undo(changing) });
      return done;
    },
  };
}
