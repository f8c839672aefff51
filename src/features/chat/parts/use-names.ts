import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { staffNames } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { useMe } from './use-me.ts';

/** How who has signed a message is called to the reader. */
export function useNames(clientName: string): (by: string) => string {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  return (by) => (by === me ? words('chat.you') : (names?.get(by) ?? clientName));
}
