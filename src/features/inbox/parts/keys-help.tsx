import { KeysDialog } from '../../../ui/keys-dialog.tsx';
import type { KeysDialogProps } from '../../../ui/keys-dialog.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import type { ReviewWord } from '../../journal/words/review/catalogue.ts';
import { REACTIONS } from '../../journal/schema.ts';
import { INBOX_KEYS } from './keys.ts';

const CAPS: Partial<Record<(typeof INBOX_KEYS)[number], string>> = { enter: 'Enter', help: '?' };

export type KeysHelpProps = Pick<KeysDialogProps, 'open' | 'onClose' | 'on' | 'onChoose'>;

/** Which keys do what, and whether they do. */
export function KeysHelp(props: KeysHelpProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const keys = [
    ...INBOX_KEYS.map((key) => ({ cap: CAPS[key] ?? key, does: words(`journal.keys.${key}`) })),
    ...REACTIONS.map((reaction, i) => ({ cap: String(i + 1), does: words(`journal.reaction.${reaction}`) })),
  ];
  return <KeysDialog {...props} {...{ keys }} title={words('journal.keys.title')} use={words('journal.keys.use')} />;
}
