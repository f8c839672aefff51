// Which clients are chosen, so that something is done with all of them. Kept in memory while one goes elsewhere and comes back; a lock
// empties it.

import { useSyncExternalStore } from 'react';

interface Selection {
  /** Rows can be chosen. */
  readonly isOn: boolean;
  readonly ids: ReadonlySet<string>;
}

const NOTHING: Selection = { isOn: false, ids: new Set() };
let kept = NOTHING;
const listeners = new Set<() => void>();

function put(next: Selection): void {
  kept = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Who is chosen at the moment, in the order in which they were. */
export const chosenNow = (): readonly string[] => [...kept.ids];

/** Something was done with these: they are not chosen for the next. Who was chosen meanwhile stays so. */
export function unchoose(done: readonly string[]): void {
  const ids = new Set(kept.ids);
  for (const id of done) ids.delete(id);
  put(ids.size > 0 ? { ...kept, ids } : NOTHING);
}

/** One more, or one less: the first begins it. */
export function toggle(id: string): void {
  const ids = new Set(kept.ids);
  if (!ids.delete(id)) ids.add(id);
  put({ isOn: true, ids });
}

/** These, and nobody who is not shown. */
export const choose = (ids: readonly string[]): void => put({ isOn: true, ids: new Set(ids) });
const begin = (): void => put({ ...kept, isOn: true });
const end = (): void => put(NOTHING);

export const useSelection = () => ({ ...useSyncExternalStore(subscribe, () => kept), toggle, choose, begin, end });
