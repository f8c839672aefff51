import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';

/** A glass, a mug, a bottle. */
const AMOUNTS_ML = [200, 300, 500];

/** What people drink at once: a tap instead of a number. */
export function QuickAmounts({ onChoose }: { onChoose: (ml: number) => void }) {
  const words = useWords<KindWord>();
  return (
    <div className="ui-actions">
      {AMOUNTS_ML.map((answer) => (
        <Button key={answer} onClick={() => onChoose(answer)}>
          {words('kind.quick.volumeMl', { answer })}
        </Button>
      ))}
    </div>
  );
}
