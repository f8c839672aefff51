// Which clients are chosen, so that something is done with all of them. Kept in memory while one goes elsewhere and comes back; a lock
// empties it.

import { useCallback, useState } from 'react';

interface Selection {
  /** Rows can be chosen. */
  readonly isOn: boolean;
  readonly ids: ReadonlySet<string>;
}

const NOTHING: Selection = { isOn: false, ids: new Set() };
let kept = NOTHING;

/** Who is chosen at the moment, in the order in which they were. */
export const chosenNow = (): readonly string[] => [...kept.ids];

export function useSelection() {
  const [selection, setSelection] = useState(kept);
  const put = useCallback((next: Selection) => {
    kept = next;
    setSelection(next);
  }, []);
  return {
    ...selection,
    /** One more, or one less: the first begins it. */
    toggle: useCallback(
      (id: string) => {
        const ids = new Set(kept.ids);
        if (!ids.delete(id)) ids.add(id);
        put({ isOn: true, ids });
      },
      [put],
    ),
    begin: () => put({ ...kept, isOn: true }),
    choose: (ids: readonly string[]) => put({ isOn: true, ids: new Set([...kept.ids, ...ids]) }),
    end: () => put(NOTHING),
  };
}
