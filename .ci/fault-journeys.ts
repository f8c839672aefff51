// Which journeys through faults and crashes a run takes. Each is long, and like the random histories of the campaigns they are many
// more than one run has time for: `npm test` takes a third, another each day, and says which; `npm run test:e2e` takes all.

/** Set by `npm test`: the day whose share is taken. */
export const SHARE_OF_DAY = 'SHARE_OF_DAY';
const DAY_MS = 86_400_000;
const SHARES = 3;

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

/** The day that it is, by the universal clock. */
export const today = (): number => Math.floor(Date.now() / DAY_MS);

/** Of the journeys through faults, those of that day's share, and those that are left to others; all are its own where no day is given. */
export function faultsOf(day: number | null): { taken: readonly string[]; left: readonly string[] } {
  const isTaken = (i: number) => day === null || i % SHARES === day % SHARES;
  return { taken: FAULTS.filter((_, i) => isTaken(i)), left: FAULTS.filter((_, i) => !isTaken(i)) };
}
