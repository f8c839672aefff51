import { useLive, useWorkspace } from '../../../../sync/client/react.ts';
import { givenUpBy } from '../../queries-files.ts';

/** Whether a file that is not here will not come: its author, or oneself, has discarded it. Asked only where that matters. */
export function useGivenUp(file: string, isAsked: boolean): 'own' | 'theirs' | null {
  const { reader } = useWorkspace();
  const by = useLive(async (rows) => (isAsked ? givenUpBy(rows, file) : null), [file, isAsked]);
  if (!by) return null;
  return by === reader.memberId ? 'own' : 'theirs';
}
