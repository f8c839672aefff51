import { use } from 'react';
import { useLive, useWorkspace } from '../../../../sync/client/react.ts';
import { GivenUp } from './late-given-up.ts';

/** Whether a file that is not here will not come: its author, or oneself, has discarded it. Asked only where that matters. */
export function useGivenUp(file: string, isAsked: boolean): 'own' | 'theirs' | null {
  const { reader } = useWorkspace();
  const givenUpBy = use(GivenUp);
  const by = useLive(async (rows) => (isAsked && givenUpBy ? givenUpBy(rows, file) : null), [file, isAsked, givenUpBy]);
  if (!by) return null;
  return by === reader.memberId ? 'own' : 'theirs';
}
