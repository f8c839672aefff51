import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { DraftFailure } from '../../use-draft.ts';
import type { ChatWord } from '../words/catalogue.ts';
import type { SendState } from './use-send.ts';

/** Why something was not kept, or what is typed is not. */
export function SendNotice({ state, draftFailed }: { state: SendState; draftFailed: DraftFailure }) {
  const words = useWords<ChatWord | UiWord>();
  const problem = problemOf(state) ?? draftProblem(draftFailed);
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: SendState): ChatWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  return state === 'full' ? 'ui.full' : `chat.${state}`;
}

function draftProblem(failed: DraftFailure): ChatWord | UiWord | undefined {
  if (failed === 'full') return 'ui.full';
  return failed && 'chat.draft.failed';
}
