import { Button } from '../../../../ui/button.tsx';
import { useFormat } from '../../../../ui/use-format.ts';
import { useWords } from '../../../../ui/words.ts';
import { useKindName } from '../use-kinds.ts';
import type { FiltersProps } from './filters.tsx';
import { isFiltered, NOTHING_ASKED } from './question.ts';
import type { Question } from './shelf.ts';
import type { HistoryWord } from './words/catalogue.ts';

/** The filters in use, each to be taken off. */
export function FilterChips({ question, onChange }: FiltersProps) {
  const words = useWords<HistoryWord>();
  const chips = useChips(question);
  if (!isFiltered(question)) return null;
  return (
    <ul className="history-chips" role="list" aria-label={words('journal.history.chips')}>
      {chips.map(({ what, without }) => (
        <li key={what}>
          <Button icon="close" aria-label={words('journal.history.remove', { what })} onClick={() => onChange(without)}>
            {what}
          </Button>
        </li>
      ))}
      <li>
        <Button onClick={() => onChange({ ...NOTHING_ASKED, words: question.words })}>
          {words('journal.history.clear')}
        </Button>
      </li>
    </ul>
  );
}

function useChips({ kinds, from, to, withComments, notSeen }: Question) {
  const words = useWords<HistoryWord>();
  const nameOf = useKindName();
  const format = useFormat();
  const chips: { what: string; without: Partial<Question> }[] = kinds.map((kind) => {
    return { what: nameOf(kind), without: { kinds: kinds.filter((one) => one !== kind) } };
  });
  if (from !== '')
    chips.push({ what: words('journal.history.chip.from', { day: format.day(from) }), without: { from: '' } });
  if (to !== '') chips.push({ what: words('journal.history.chip.to', { day: format.day(to) }), without: { to: '' } });
  if (withComments) chips.push({ what: words('journal.history.withComments'), without: { withComments: false } });
  if (notSeen) chips.push({ what: words('journal.history.notSeen'), without: { notSeen: false } });
  return chips;
}
