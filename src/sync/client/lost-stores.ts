// Looks, before anybody unlocks, whether the stores that this browser should hold are there. Reads only: what is missing or
// does not open is reported, and begun anew by nobody but the person (`set-up-again.ts`).

import { whileLocked } from './dexie-store.ts';
import type { DeviceMembership, StoreNote } from './registry.ts';
import { notesHere } from './store-note.ts';
import { isFull, onStoreNews, StoreGone, StoreNewer } from './store-troubles.ts';

/** A store that was set up here and is gone, or does not open any more. */
export interface LostStore extends Pick<StoreNote, 'id' | 'practice' | 'name'> {
  readonly why: 'gone' | 'unreadable';
  /** What was counted last; undefined where nobody knows. */
  readonly note?: StoreNote | undefined;
  /** What its lock screen may show, where the registry still knows it. */
  readonly lockScreen?: DeviceMembership['lockScreen'];
}

/** How a store stands; a full device, a later program or an older one in another tab is no loss. */
export async function lookAtStore(membershipId: string): Promise<'there' | LostStore['why']> {
  let stop = () => {};
  const blocked = new Promise<'there'>((resolve) => {
    stop = onStoreNews((news, id) => news === 'blocked' && id === membershipId && resolve('there'));
  });
  const looked = whileLocked(membershipId, (store) => store.state()).then(
    ({ device, lastN }) => (typeof device === 'string' && Number.isSafeInteger(lastN) ? 'there' : 'unreadable'),
    (error: unknown) => {
      if (error instanceof StoreGone) return 'gone';
      return isFull(error) || error instanceof StoreNewer ? 'there' : 'unreadable';
    },
  );
  return Promise.race([looked, blocked]).finally(stop);
}

/** Which stores are lost of those that the registry or a note knows; `memberships` is null where the registry does not open. */
export async function lostStores(memberships: readonly DeviceMembership[] | null): Promise<LostStore[]> {
  const notes = notesHere();
  const registered = memberships ?? [];
  const unknown = notes.filter(({ id }) => registered.every((one) => one.id !== id));
  const looked = await Promise.all(
    registered.map(async (membership): Promise<LostStore[]> => {
      const { id, practice, name, lockScreen } = membership;
      const found = await lookAtStore(id);
      if (found === 'there') return [];
      const note = notes.find((one) => one.id === id) ?? membership.noted;
      return [{ id, practice, name, lockScreen, why: found, note }];
    }),
  );
  // Of these the keys are gone at least: nothing opens them, though what was not sent may still lie there.
  const closed = unknown.map(async (note): Promise<LostStore> => {
    const isGone = memberships !== null && (await lookAtStore(note.id)) === 'gone';
    return { ...note, why: isGone ? 'gone' : 'unreadable', note };
  });
  return [...looked.flat(), ...(await Promise.all(closed))];
}
