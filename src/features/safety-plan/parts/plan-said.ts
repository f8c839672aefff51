import { useWorkspace } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import type { PlanView } from '../queries.ts';
import type { PlanWord } from '../words/catalogue.ts';

/** What these parts say: their own words, and of keeping those of the journal, which is beside them everywhere. */
export type PlanSaid = PlanWord | JournalWord | UiWord;

/** What they are called who wrote it. */
export function usePlanNames({ names }: PlanView): (by: string) => string {
  const words = useWords<PlanSaid>();
  const { memberId } = useWorkspace().reader;
  return (by) => (by === memberId ? words('journal.you') : (names.get(by) ?? words('journal.someone')));
}
