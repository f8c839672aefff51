import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { DraftFailure } from '../../use-draft.ts';
import type { ContactWord } from '../words/catalogue.ts';

/** What stood in the way of an act; what was typed stays where it is. */
export function ContactNotice({ state, draftFailed }: { state: ActState; draftFailed?: DraftFailure }) {
  const words = useWords<ContactWord | UiWord>();
  const problem = problemOf(state) ?? draftProblem(draftFailed);
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

const SAID = ['deleted', 'changed', 'not-there'] as const;

function draftProblem(failed: DraftFailure): ContactWord | UiWord | undefined {
  if (failed === 'full') return 'ui.full';
  return failed && 'contact.draft.failed';
}

function problemOf(state: ActState): ContactWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'failed') return 'contact.failed';
  if (state === 'full') return 'ui.full';
  const said = SAID.find((code) => code === state.refused);
  return said === undefined ? 'contact.refused' : `contact.refused.${said}`;
}
