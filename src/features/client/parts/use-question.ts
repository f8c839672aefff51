// What is asked of the client list: as the address says, else as it was asked last; in memory only, which a lock empties.

import { useState } from 'react';
import { inAddress, toAddress } from './list-question.ts';
import type { ListQuestion } from './list-question.ts';

let kept: ListQuestion | undefined;

export interface QuestionOptions {
  /** How it begins where nothing was asked. */
  readonly whose: ListQuestion['whose'];
  /** What the address asks. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly onAsk: (asked: Record<string, string>) => void;
}

export function useQuestion({ whose, asked, onAsk }: QuestionOptions) {
  const [question, setQuestion] = useState(() => {
    if (Object.keys(asked).length === 0) return kept ?? inAddress({}, whose);
    return { ...inAddress(asked, whose), typed: kept?.typed ?? '' };
  });
  return {
    question,
    ask(changes: Partial<ListQuestion>): void {
      const next = { ...question, ...changes };
      kept = next;
      setQuestion(next);
      if (!('typed' in changes) || Object.keys(changes).length > 1) onAsk(toAddress(next));
    },
  };
}
