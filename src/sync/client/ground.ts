// Whether what an act was done on still means something. `base` is a commit number of one life of the server; after a restore
// the same numbers are given to other acts, so an older act counts as done without news of anything: at worst two values
// stand beside each other that one person had in view, never is one dropped that nobody has seen.

import type { Mutation } from '../core/mutation.ts';
import type { OutboxEntry, SyncState } from './database.ts';

/** No epoch: what was done before the server lost something, even where it has not said that it is another. */
export const UNGROUNDED = '';

/** Whether an entry's ground is of this life of the server. */
export function isGroundedIn(epoch: string | null, entry: Pick<OutboxEntry, 'epoch'>): boolean {
  return entry.epoch === undefined || entry.epoch === epoch;
}

/** The entry's mutation with the ground it may be judged by. */
export function groundedIn(epoch: string | null, entry: Pick<OutboxEntry, 'epoch' | 'mutation'>): Mutation | undefined {
  const { mutation } = entry;
  return mutation === undefined || isGroundedIn(epoch, entry) ? mutation : { ...mutation, base: 0 };
}

/** Up to where this device has news of everything; while a space is still being filled, of nothing for sure. */
export function newsOf({ news, fills }: Pick<SyncState, 'news' | 'fills'>): number {
  return fills.length > 0 ? 0 : news;
}

/** A device that has not fetched yet learns from the first answer which life of the server it is in. */
export function inLifeOf(state: SyncState, epoch: string | undefined): SyncState {
  return state.epoch === null && epoch !== undefined ? { ...state, epoch } : state;
}
