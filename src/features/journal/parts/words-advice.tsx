import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import { holdsCrisisWords } from '../../crisis-words.ts';
import type { JournalContent } from '../schema.ts';

/** What is shown to a client who writes crisis words: the card of crisis help; given by the app. Nothing where there is none. */
export const CrisisAdvice = createContext<ReactNode>(null);

/** The card, while what is being written holds one of the words: at once, without a network, before anything is saved. */
export function WordsAdvice({ content }: { content: JournalContent }) {
  const card = use(CrisisAdvice);
  const isShown = card !== null && holdsCrisis(content);
  return <div aria-live="polite">{isShown && card}</div>;
}

/** Whether one of the words stands anywhere in it. */
export function holdsCrisis({ own, ownSensitive, ...answers }: JournalContent): boolean {
  const written = Object.values({ ...answers, ...own, ...ownSensitive });
  return written.some((value) => typeof value === 'string' && holdsCrisisWords(value));
}
