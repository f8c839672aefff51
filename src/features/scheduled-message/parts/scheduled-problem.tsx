import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { ScheduledWord } from '../words/catalogue.ts';

/** Why something was not kept. */
export function ScheduledProblem({ state }: { state: ActState }) {
  const words = useWords<ScheduledWord | UiWord>();
  if (state === 'ready' || state === 'busy') return null;
  const word = state === 'full' ? 'ui.full' : state === 'failed' ? 'scheduled.failed' : 'scheduled.refused';
  return (
    <Notice kind="attention" announce>
      {words(word)}
    </Notice>
  );
}
