import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import { recentMeals } from '../queries-meals.ts';
import type { JournalContent } from '../schema.ts';
import './repeat-meal.css';

const SHOWN = 4;

/** What was eaten lately, to be eaten again with a tap; it stands in the form to be changed before it is saved. */
export function RepeatMeal({ client, onRepeat }: { client: string; onRepeat: (content: JournalContent) => void }) {
  const words = useWords<KindWord>();
  const meals = useLive((reader) => recentMeals(reader, { client, most: SHOWN }), [client]) ?? [];
  if (meals.length === 0) return null;
  return (
    <section aria-labelledby="journal-repeat" className="journal-repeat">
      <h3 id="journal-repeat">{words('kind.repeat')}</h3>
      {meals.map((content) => (
        <Button key={content.text} onClick={() => onRepeat(content)}>
          <bdi className="journal-repeat-meal">{content.text}</bdi>
        </Button>
      ))}
    </section>
  );
}
