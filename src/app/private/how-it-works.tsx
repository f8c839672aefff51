import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

const SAID = ['only', 'devices', 'open', 'lost', 'help', 'lockScreen', 'limit'] as const;

/** The promise, and what it does not cover. */
export function HowItWorks() {
  const words = useWords<RareWord>();
  return (
    <ul className="private-how">
      {SAID.map((one) => (
        <li key={one}>
          {one === 'lost' ? <strong>{words('app.private.how.lost')}</strong> : words(`app.private.how.${one}`)}
        </li>
      ))}
    </ul>
  );
}
