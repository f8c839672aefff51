import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ActState } from '../../use-act.ts';
import type { ContactWord } from '../words/catalogue.ts';

/** What stood in the way of an act; what was typed stays where it is. */
export function ContactNotice({ state, draftFailed = false }: { state: ActState; draftFailed?: boolean }) {
  const words = useWords<ContactWord>();
  const problem = problemOf(state) ?? (draftFailed ? 'contact.draft.failed' : undefined);
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

const SAID = ['deleted', 'changed', 'not-there'] as const;

function problemOf(state: ActState): ContactWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  if (state === 'failed') return 'contact.failed';
  const said = SAID.find((code) => code === state.refused);
  return said === undefined ? 'contact.refused' : `contact.refused.${said}`;
}
