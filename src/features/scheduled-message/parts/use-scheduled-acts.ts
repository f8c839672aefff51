import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { cancel, restore, sendNow } from '../mutators.ts';
import type { ScheduledWord } from '../words/catalogue.ts';

export interface ScheduledActs {
  readonly state: ActState;
  sendNow(id: string): void;
  /** Told with the way back. */
  cancel(id: string): void;
}

/** What is done about what is to go later. */
export function useScheduledActs(): ScheduledActs {
  const words = useWords<ScheduledWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const on = (id: string) => ({ ...authored(), id });
  async function stop(id: string): Promise<void> {
    if (!(await act({ name: cancel.name, args: on(id) }))) return;
    say({
      text: words('scheduled.cancelled.said'),
      onUndo: () => void act({ name: restore.name, args: on(id) }),
    });
  }
  return {
    state,
    sendNow: (id) => void act({ name: sendNow.name, args: on(id) }),
    cancel: (id) => void stop(id),
  };
}
