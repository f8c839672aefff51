import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { DraftFailure } from '../../use-draft.ts';

/** What stood in the way of an act; the words stay where they were written. */
export function ActNotice({ state, draftFailed }: { state: ActState; draftFailed?: DraftFailure }) {
  const words = useWords<JournalWord | UiWord>();
  const problem = problemOf(state) ?? draftProblem(draftFailed);
  if (problem === undefined) return null;
  return (
    // Another word, another notice: each comes into view, also above a long form.
    <div key={problem} ref={problemOf(state) && showHere}>
      <Notice kind="attention" announce>
        {words(problem)}
      </Notice>
    </div>
  );
}

function showHere(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'nearest' });
}

function draftProblem(failed: DraftFailure): JournalWord | UiWord | undefined {
  if (failed === 'full') return 'ui.full';
  return failed && 'journal.draft.failed';
}

function problemOf(state: ActState): JournalWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'failed') return 'journal.failed';
  if (state === 'full') return 'ui.full';
  const { refused } = state;
  return refused === 'not-there' || refused === 'deleted' ? `journal.refused.${refused}` : 'journal.refused';
}
