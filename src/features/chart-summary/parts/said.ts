// What these parts say: their own words, and of a form and its keeping those of the contacts beside them.

import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ContactWord } from '../../contact/words/catalogue.ts';
import { isEarlier, stateOf } from '../queries.ts';
import type { SectionView } from '../queries.ts';
import { memberOf } from '../schema.ts';
import type { Section, SummaryItem } from '../schema.ts';
import type { SummaryWord } from '../words/catalogue.ts';

export type SaidWord = SummaryWord | ContactWord | UiWord;

/** How a section stands of which nothing holds now, in a sentence of its own. */
export function useStanding(): (section: Section, view: SectionView) => string {
  const words = useWords<SummaryWord>();
  return (section, view) => {
    const state = stateOf(view);
    if (state === 'none') return words(`chartSummary.none.${section}`);
    const count = view.past.filter(isEarlier).length;
    return state === 'some' ? '' : `${words(`chartSummary.${section}`)}: ${words(`chartSummary.${state}`, { count })}`;
  };
}

/** One member of an item with its name, as a form has it. */
export function useMemberWords(): (item: SummaryItem, name: string) => string {
  const words = useWords<SaidWord>();
  return (item, name) => {
    const value = memberOf(item, name) ?? words('ui.versions.nothing');
    switch (name) {
      case 'criticality':
        return item.type === 'allergyIntolerance' ? words(`chartSummary.criticality.${item.criticality}`) : '';
      case 'status':
        return words(`chartSummary.status.${item.status}`);
      case 'name':
        return `${words(`chartSummary.name.${item.type}`)}: ${value}`;
      case 'code':
      case 'dose':
      case 'note':
      case 'reaction':
      case 'since':
        return `${words(`chartSummary.${name}`)}: ${value}`;
      default:
        return '';
    }
  };
}
