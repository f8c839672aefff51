// Of which spaces a device asks how far the other side has come.

import type { Space } from '../core/record.ts';
import type { SyncState } from './database.ts';

export const LADDER_MOST = 200;

type Waits = Pick<SyncState, 'spaces' | 'delivered' | 'awaiting' | 'ladderTurn'>;

/**
 * At most `LADDER_MOST` spaces to ask of: first those that were never asked of, then those whose receivers have not yet all the words
 * written here. Of more than that other ones every time, so that none waits for ever behind some whom nobody fetches.
 */
export function ladderOf({ spaces, delivered, awaiting, ladderTurn = 0 }: Waits): Space[] {
  const all = spaces.map(({ space }) => space);
  const fresh = all.filter((space) => delivered[space] === undefined).slice(0, LADDER_MOST);
  const late = all.filter((space) => (delivered[space] ?? Infinity) < (awaiting[space] ?? 0));
  const room = LADDER_MOST - fresh.length;
  const start = late.length > room ? ladderTurn % late.length : 0;
  return [...fresh, ...late.slice(start), ...late.slice(0, start)].slice(0, LADDER_MOST);
}

/** Where the next asking begins; nothing where all are asked of at once. */
export function ladderAfter(state: Waits): Pick<SyncState, 'ladderTurn'> {
  const asked = ladderOf(state);
  const late = asked.filter((space) => state.delivered[space] !== undefined).length;
  return asked.length < LADDER_MOST ? {} : { ladderTurn: (state.ladderTurn ?? 0) + late };
}
