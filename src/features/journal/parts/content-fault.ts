import type { WordValues } from '../../../ui/words.ts';
import { COMMENT_MAX, ENTRY_MAX, hasContent } from '../schema.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';

export interface Fault {
  readonly word: JournalWord;
  readonly values?: WordValues;
}

/** Why an entry cannot be saved as it is. */
export function contentFault(content: JournalContent): Fault | undefined {
  if (!hasContent(content)) return { word: 'journal.error.empty' };
  return tooLong(content.text, ENTRY_MAX);
}

/** Why a comment cannot be sent as it is. */
export function commentFault(body: string): Fault | undefined {
  if (body.trim() === '') return { word: 'journal.comment.empty' };
  return tooLong(body, COMMENT_MAX);
}

function tooLong(text: string, max: number): Fault | undefined {
  return text.length > max ? { word: 'journal.error.long', values: { count: text.length - max } } : undefined;
}
