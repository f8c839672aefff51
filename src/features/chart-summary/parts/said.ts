// What these parts say: their own words, and of a form and its keeping those of the contacts beside them.

import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ContactWord } from '../../contact/words/catalogue.ts';
import { stateOf } from '../queries.ts';
import type { SectionView } from '../queries.ts';
import type { Section } from '../schema.ts';
import type { SummaryWord } from '../words/catalogue.ts';

export type SaidWord = SummaryWord | ContactWord | UiWord;

/** How a section stands of which nothing holds now, in a sentence of its own. */
export function useStanding(): (section: Section, view: SectionView) => string {
  const words = useWords<SummaryWord>();
  return (section, view) => {
    const state = stateOf(view);
    if (state === 'none') return words(`chartSummary.none.${section}`);
    return state === 'some' ? '' : `${words(`chartSummary.${section}`)}: ${words(`chartSummary.${state}`)}`;
  };
}
