import { use } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { AUTOMATIC } from '../doc-shape.ts';
import { staffNames } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { Called } from './community/called.ts';
import { useMe } from './use-me.ts';

/** How who has signed a message is called to the reader. */
export function useNames(clientName: string): (by: string) => string {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  const called = use(Called);
  return (by) => {
    if (by === me) return words('chat.you');
    return by === AUTOMATIC ? words('chat.practice') : (names?.get(by) ?? called?.(by) ?? clientName);
  };
}
