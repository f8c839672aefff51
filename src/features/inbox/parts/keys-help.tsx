import { Dialog } from '../../../ui/dialog.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import type { ReviewWord } from '../../journal/words/review/catalogue.ts';
import { REACTIONS } from '../../journal/schema.ts';
import { INBOX_KEYS } from './keys.ts';

const CAPS: Partial<Record<(typeof INBOX_KEYS)[number], string>> = { enter: 'Enter', help: '?' };

export interface KeysHelpProps {
  open: boolean;
  onClose: () => void;
  on: boolean;
  onChoose: (on: boolean) => void;
}

/** Which keys do what, and whether they do. */
export function KeysHelp({ open, onClose, on, onChoose }: KeysHelpProps) {
  const words = useWords<JournalWord | ReviewWord>();
  return (
    <Dialog open={open} onClose={onClose} title={words('journal.keys.title')}>
      <dl className="inbox-keys">
        {INBOX_KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{CAPS[key] ?? key}</kbd>
            </dt>
            <dd>{words(`journal.keys.${key}`)}</dd>
          </div>
        ))}
        {REACTIONS.map((reaction, i) => (
          <div key={reaction}>
            <dt>
              <kbd>{i + 1}</kbd>
            </dt>
            <dd>{words(`journal.reaction.${reaction}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="inbox-keys-use">
        <input type="checkbox" checked={on} onChange={(event) => onChoose(event.currentTarget.checked)} />
        {words('journal.keys.use')}
      </label>
    </Dialog>
  );
}
