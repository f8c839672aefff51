import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { DraftFailure } from '../../use-draft.ts';
import type { PlanWord } from '../words/catalogue.ts';

/** What stood in the way of saving; what was typed stays where it is. */
export function PlanNotice({ state, draftFailed }: { state: ActState; draftFailed?: DraftFailure }) {
  const words = useWords<PlanWord | UiWord>();
  const problem = problemOf(state) ?? (draftFailed && (draftFailed === 'full' ? 'ui.full' : 'safetyPlan.draft.failed'));
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: ActState): PlanWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'full') return 'ui.full';
  if (state !== 'failed' && state.refused === 'closed') return 'safetyPlan.refused.closed';
  return state === 'failed' ? 'safetyPlan.failed' : 'safetyPlan.refused';
}
