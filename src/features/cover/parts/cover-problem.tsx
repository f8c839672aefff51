import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { CoverWord } from '../words/catalogue.ts';

export function CoverProblem({ state }: { state: ActState }) {
  const words = useWords<CoverWord | UiWord>();
  if (state === 'ready' || state === 'busy') return null;
  const word = state === 'full' ? 'ui.full' : state === 'failed' ? 'cover.failed' : 'cover.refused';
  return (
    <Notice kind="attention" announce>
      {words(word)}
    </Notice>
  );
}
