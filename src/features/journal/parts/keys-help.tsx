import { Dialog } from '../../../ui/dialog.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { INBOX_KEYS } from './inbox-keys.ts';

const CAPS = { j: 'j', k: 'k', e: 'e', r: 'r', enter: 'Enter', help: '?' } as const;

export interface KeysHelpProps {
  open: boolean;
  onClose: () => void;
  on: boolean;
  onChoose: (on: boolean) => void;
}

/** Which keys do what, and whether they do. */
export function KeysHelp({ open, onClose, on, onChoose }: KeysHelpProps) {
  const words = useWords<JournalWord>();
  return (
    <Dialog open={open} onClose={onClose} title={words('journal.keys.title')}>
      <dl className="journal-keys">
        {INBOX_KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{CAPS[key]}</kbd>
            </dt>
            <dd>{words(`journal.keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="journal-keys-use">
        <input type="checkbox" checked={on} onChange={(event) => onChoose(event.currentTarget.checked)} />
        {words('journal.keys.use')}
      </label>
    </Dialog>
  );
}
