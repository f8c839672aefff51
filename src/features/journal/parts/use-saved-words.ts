import { useSyncStatus } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';

const ON_THE_WAY: readonly string[] = ['up-to-date', 'sending', 'fetching'];

/** What to say once something was kept: where it is now. Without a network it never sounds as if somebody had it. */
export function useSavedWords(): () => string {
  const words = useWords<JournalWord>();
  const { line } = useSyncStatus();
  return () => words(navigator.onLine && ON_THE_WAY.includes(line) ? 'journal.saved' : 'journal.saved.offline');
}
