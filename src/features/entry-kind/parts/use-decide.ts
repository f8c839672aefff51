// Deciding on a kind, and taking the decision back.

import { troubleOf, useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { decideKind } from '../mutators.ts';
import type { Kind, KindSetting } from '../schema.ts';
import type { KindWord } from '../words/catalogue.ts';
import { draftOf, settingOf, takenBack } from './kind-draft.ts';

export interface Deciding {
  readonly state: ActState;
  /** Resolves to whether it was kept. `kind`: as it was shown, null where it is made. */
  decide(kind: Kind | null, setting: KindSetting): Promise<boolean>;
}

export function useDecide(): Deciding {
  const words = useWords<KindWord>();
  const say = useToast();
  const authored = useAuthored();
  const mutate = useMutate();
  const { state, act } = useAct();
  async function back(setting: KindSetting, basis: string): Promise<void> {
    try {
      const refusal = await mutate({ name: decideKind.name, args: { ...authored(), basis, setting } });
      say({ text: words(refusal === undefined ? 'kind.decide.undone' : 'kind.decide.refused') });
    } catch (error) {
      say({ text: words('kind.decide.failed') });
      if (troubleOf(error) === undefined) throw error;
    }
  }
  return {
    state,
    async decide(kind, setting) {
      const args = { ...authored(), ...(kind?.decision && { basis: kind.decision }), setting };
      const done = await act({ name: decideKind.name, args });
      // A kind that was just made is taken back by not offering it: an entry of it may be written already.
      const before = kind === null ? { ...setting, isOn: false } : settingOf(kind.kind, kind.isOn, draftOf(kind));
      if (done) say({ text: words('kind.decide.saved'), onUndo: () => void back(takenBack(before, setting), args.id) });
      return done;
    },
  };
}
