import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { DraftFailure } from '../../use-draft.ts';
import type { SummaryWord } from '../words/catalogue.ts';

/** What stood in the way of saving; what was typed stays where it is. */
export function SummaryNotice({ state, draftFailed }: { state: ActState; draftFailed?: DraftFailure }) {
  const words = useWords<SummaryWord | UiWord>();
  const problem =
    problemOf(state) ?? (draftFailed && (draftFailed === 'full' ? 'ui.full' : 'chartSummary.draft.failed'));
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: ActState): SummaryWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'full') return 'ui.full';
  if (state === 'failed') return 'chartSummary.failed';
  return state.refused === 'changed' ? 'chartSummary.refused.changed' : 'chartSummary.refused';
}
