import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ActState } from '../../use-act.ts';

/** What stood in the way of an act; the words stay where they were written. */
export function ActNotice({ state, draftFailed = false }: { state: ActState; draftFailed?: boolean }) {
  const words = useWords<JournalWord>();
  const problem = problemOf(state) ?? (draftFailed ? 'journal.draft.failed' : undefined);
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: ActState): JournalWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'failed') return 'journal.failed';
  const { refused } = state;
  return refused === 'not-there' || refused === 'deleted' ? `journal.refused.${refused}` : 'journal.refused';
}
