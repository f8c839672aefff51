import { useRef, useState } from 'react';
import { troubleOf, useMutate } from '../../../sync/client/react.ts';
import { markSeen } from '../mutators-review.ts';
import type { EntryView } from '../queries.ts';
import { readSoFarOf } from '../schema.ts';
import type { ActState } from '../../use-act.ts';
import { useAuthored } from '../../use-act.ts';

/** Marks entries as seen, each once however often it is asked while that is being kept. */
export function useMarkSeen(): { mark: (entry: EntryView) => Promise<void>; state: ActState } {
  const mutate = useMutate();
  const authored = useAuthored();
  const busy = useRef(new Set<string>());
  const [state, setState] = useState<ActState>('ready');
  async function mark(entry: EntryView): Promise<void> {
    const { id, client, news } = entry;
    if (news === null || busy.current.has(id)) return;
    busy.current.add(id);
    try {
      const args = { ...authored(), client, entry: id, ...readSoFarOf(entry) };
      const refusal = await mutate({ name: markSeen.name, args });
      setState(refusal === undefined ? 'ready' : { refused: refusal.code });
    } catch (error) {
      const trouble = troubleOf(error);
      setState(trouble ?? 'failed');
      if (trouble === undefined) throw error;
    } finally {
      busy.current.delete(id);
    }
  }
  return { mark, state };
}
