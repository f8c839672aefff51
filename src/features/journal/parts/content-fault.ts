import type { WordValues } from '../../../ui/words.ts';
import { COMMENT_MAX, ENTRY_MAX, hasContent, NUMBERS } from '../schema.ts';
import type { JournalContent, JournalNumber } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';

export interface Fault {
  readonly word: JournalWord;
  readonly values?: WordValues;
  /** Of which number; the words where there is none. */
  readonly field?: JournalNumber;
}

/** Why an entry cannot be saved as it is. */
export function contentFault(content: JournalContent): Fault | undefined {
  if (!hasContent(content)) return { word: 'journal.error.empty' };
  return tooLong(content.text, ENTRY_MAX) ?? numberFault(content);
}

function numberFault(content: JournalContent): Fault | undefined {
  for (const field of Object.keys(NUMBERS) as JournalNumber[]) {
    const [least, most] = NUMBERS[field];
    const value = content[field];
    if (value !== undefined && !(value >= least && value <= most))
      return { word: 'journal.error.number', values: { least, most }, field };
  }
  return undefined;
}

/** Why a comment cannot be sent as it is. */
export function commentFault(body: string): Fault | undefined {
  if (body.trim() === '') return { word: 'journal.comment.empty' };
  return tooLong(body, COMMENT_MAX);
}

function tooLong(text: string, max: number): Fault | undefined {
  return text.length > max ? { word: 'journal.error.long', values: { count: text.length - max } } : undefined;
}
