// What may be wrong with words, whatever they are in.

import type { WordValues } from '../../../ui/words.ts';
import { COMMENT_MAX, hasSaid } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';

export interface Fault<Word = JournalWord> {
  readonly word: Word;
  readonly values?: WordValues;
}

/** Why a comment cannot be sent as it is. */
export function commentFault(said: Parameters<typeof hasSaid>[0]): Fault<JournalWord> | undefined {
  if (!hasSaid(said)) return { word: 'journal.comment.empty' };
  return tooLong(said.body, COMMENT_MAX);
}

/** Why words alone cannot be saved as they are. */
export function wordsFault(text: string, max: number): Fault | undefined {
  return text.trim() === '' ? { word: 'journal.error.empty' } : tooLong(text, max);
}

export function tooLong(text: string, max: number): Fault | undefined {
  return text.length > max ? { word: 'journal.error.long', values: { count: text.length - max } } : undefined;
}
