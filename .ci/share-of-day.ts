// Which of the long sweeps a run takes: the journeys through faults and crashes, and the walks through every screen in every look. Like
// the random histories of the campaigns they are more than one run has time for: `npm test` takes a third, another each day, and says
// which; `npm run test:e2e` takes all.

/** Set by `npm test`: the day whose share is taken. */
export const SHARE_OF_DAY = 'SHARE_OF_DAY';
const DAY_MS = 86_400_000;
const SHARES = 3;

/** Files of journeys. */
const FAULTS = [
  'closed-underneath',
  'copied-profile',
  'five-tabs',
  'full-device',
  'killed',
  'new-release',
  'replies-lost',
  'store-lost',
  'unwanted-file',
] as const;
/** How the walks are called. */
const WALKS = ['a client can use every screen', 'a provider can use every screen', 'an owner can use every screen'];

/** What a run takes of them, or leaves to others. */
export interface Share {
  readonly faults: readonly string[];
  readonly walks: readonly string[];
}

/** The day that it is, by the universal clock. */
export const today = (): number => Math.floor(Date.now() / DAY_MS);

/** That day's share and the rest; all of it where no day is given. */
export function shareOf(day: number | null): { taken: Share; left: Share } {
  const isTaken = (_: string, i: number) => day === null || i % SHARES === day % SHARES;
  const isLeft = (name: string, i: number) => !isTaken(name, i);
  return {
    taken: { faults: FAULTS.filter(isTaken), walks: WALKS.filter(isTaken) },
    left: { faults: FAULTS.filter(isLeft), walks: WALKS.filter(isLeft) },
  };
}
