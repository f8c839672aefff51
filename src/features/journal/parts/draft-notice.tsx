import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';

/** Says that what was left unsaved is back, of what it is and of when; it can be thrown away here. */
export function DraftRestored({ what, at, onDiscard }: { what: string; at: string; onDiscard: () => void }) {
  const words = useWords<JournalWord>();
  const time = useDraftTime(at);
  return (
    <Notice action={<Button onClick={onDiscard}>{words('journal.draft.discard')}</Button>}>
      {words('journal.draft.restored', { time, what })}
    </Notice>
  );
}

export function DraftWaiting({ what, at, onContinue }: { what: string; at: string; onContinue: () => void }) {
  const words = useWords<JournalWord>();
  const time = useDraftTime(at);
  return (
    <Notice action={<Button onClick={onContinue}>{words('journal.draft.continue')}</Button>}>
      {words('journal.draft.waiting', { time, what })}
    </Notice>
  );
}

/** The time alone for a draft of today. */
function useDraftTime(at: string): string {
  const format = useFormat();
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? format.time(at) : format.dateTime(at);
}
