import type { UiWord } from '../../../ui/words/en.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import type { PlanWord } from '../words/catalogue.ts';

/** What these parts say: their own words, and of keeping those of the journal, which is beside them everywhere. */
export type PlanSaid = PlanWord | JournalWord | UiWord;
