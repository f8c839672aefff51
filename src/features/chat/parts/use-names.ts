import { use } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { AUTOMATIC } from '../doc-shape.ts';
import { staffNames } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { Called } from './community/called.ts';
import { useMe } from './use-me.ts';

/**
 * How who has signed a message is called to the reader. `marked`: in a community the staff are called so, because clients choose their names
 * there: for where nothing beside the name says it.
 */
export function useNames(clientName: string, marked?: 'marked'): (by: string) => string {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  const called = use(Called);
  return (by) => {
    if (by === me) return words('chat.you');
    if (by === AUTOMATIC) return words('chat.practice');
    const name = names?.get(by);
    if (name === undefined) return called?.(by) ?? clientName;
    return marked && called ? words('chat.members.marked', { name }) : name;
  };
}
