import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ActState } from '../../use-act.ts';
import type { DraftFailure } from '../../use-draft.ts';
import type { SaidWord } from './said.ts';

/** What stood in the way of saving; what was typed stays where it is. */
export function SummaryNotice({ state, draftFailed }: { state: ActState; draftFailed?: DraftFailure }) {
  const words = useWords<SaidWord>();
  const problem = problemOf(state) ?? (draftFailed && (draftFailed === 'full' ? 'ui.full' : 'contact.draft.failed'));
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: ActState): SaidWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'full') return 'ui.full';
  if (state === 'failed') return 'contact.failed';
  if (state.refused === 'closed') return 'chartSummary.refused.closed';
  return state.refused === 'changed' ? 'chartSummary.refused.changed' : 'contact.refused';
}
