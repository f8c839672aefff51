// How an act is named to the person who did it, and which of its arguments are that person's own words.

import type { Mutation } from '../sync/core/mutation.ts';
import { useWords } from '../ui/words.ts';
import type { AppWord } from './words/catalogue.ts';

const NAMED = ['journal.addEntry', 'journal.reviseEntry', 'journal.addComment', 'journal.markSeen'] as const;

export function useActName(): (name: string) => string {
  const words = useWords<AppWord>();
  return (name) => {
    const known = NAMED.find((one) => one === name);
    return words(known === undefined ? 'app.notSent.other' : `app.notSent.${known}`);
  };
}

/** What the person wrote in it; undefined where it has no words. */
export function wordsOf({ args }: Mutation): string | undefined {
  const { content, body } = args;
  if (typeof body === 'string') return body;
  const isContent = typeof content === 'object' && content !== null && 'text' in content;
  return isContent && typeof content.text === 'string' && content.text !== '' ? content.text : undefined;
}
