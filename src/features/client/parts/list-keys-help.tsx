import { Button } from '../../../ui/button.tsx';
import { KeysDialog } from '../../../ui/keys-dialog.tsx';
import type { KeysDialogProps } from '../../../ui/keys-dialog.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ReviewWord } from '../../journal/words/review/catalogue.ts';
import type { ClientWord } from '../words/catalogue.ts';

const KEYS = {
  j: 'client.keys.next',
  k: 'client.keys.previous',
  x: 'client.keys.choose',
  '/': 'client.search',
  '?': 'journal.keys.help',
} as const;

export type ListKeysHelpProps = Pick<KeysDialogProps, 'open' | 'onClose' | 'on' | 'onChoose'> & { onOpen: () => void };

/** The keys of the list, also for who has switched them off. */
export function ListKeysHelp({ onOpen, ...props }: ListKeysHelpProps) {
  const words = useWords<ClientWord | ReviewWord>();
  const keys = Object.entries(KEYS).map(([cap, key]) => ({ cap, does: words(key) }));
  return (
    <>
      <Button onClick={onOpen}>{words('journal.keys')}</Button>
      <KeysDialog {...props} {...{ keys }} title={words('journal.keys')} use={words('journal.keys.use')} />
    </>
  );
}
