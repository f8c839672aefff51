import { OWN_NUMBER, QUESTION_NAMES, QUESTIONS } from '../../entry-kind/schema.ts';
import type { Question } from '../../entry-kind/schema.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import { ENTRY_MAX, hasContent } from '../schema.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { tooLong } from './words-fault.ts';
import type { Fault as WordsFault } from './words-fault.ts';

/** `field`: of which question, by name or id; of the words where there is none. */
export interface Fault extends WordsFault<JournalWord | KindWord> {
  readonly field?: string;
}

/** Why an entry cannot be saved as it is. */
export function contentFault(content: JournalContent): Fault | undefined {
  if (!hasContent(content)) return { word: 'journal.error.empty' };
  return tooLong(content.text, ENTRY_MAX) ?? answerFault(content) ?? ownFault(content);
}

function answerFault(content: JournalContent): Fault | undefined {
  for (const name of QUESTION_NAMES) {
    const question: Question = QUESTIONS[name];
    const answer = content[name];
    if (question.is === 'number' && typeof answer === 'number' && !isWithin(answer, question))
      return { word: 'kind.error.number', values: { least: question.least, most: question.most }, field: name };
    if (question.is === 'line' && typeof answer === 'string' && answer.length > question.longest)
      return { ...tooLong(answer, question.longest), word: 'journal.error.long', field: name };
  }
  return undefined;
}

function ownFault({ own, ownSensitive }: JournalContent): Fault | undefined {
  for (const [field, answer] of Object.entries({ ...own, ...ownSensitive })) {
    if (typeof answer === 'number' && !isWithin(answer, OWN_NUMBER))
      return { word: 'kind.error.number', values: { ...OWN_NUMBER }, field };
  }
  return undefined;
}

const isWithin = (value: number, { least, most }: { least: number; most: number }) => value >= least && value <= most;
