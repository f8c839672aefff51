// How many bytes a membership has sent and received here in this month: bodies of push and pull as they cross the line, and files.
// Kept as the store's counts are (`store-note.ts`): numbers, under the membership's id. The service worker, which cannot reach
// them, is not counted.

export interface DataUse {
  readonly sent: number;
  readonly received: number;
}

const NONE: DataUse = { sent: 0, received: 0 };
const keyOf = (id: string) => `interlude.used.${id}`;
const monthOf = (now: Date) => now.toLocaleDateString('sv').slice(0, 7);

interface Place {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Workers have none. */
const place = () => (globalThis as { localStorage?: Place }).localStorage;

let owner: string | undefined;

/** From now on what crosses the line of this page is counted for this membership. */
export function countUseFor(membershipId: string): void {
  owner = membershipId;
}

/** Adds to this month; where nobody is counted for, or this browser keeps nothing, it does nothing. */
export function countUse(what: keyof DataUse, bytes: number, now = new Date()): void {
  if (owner === undefined || bytes <= 0) return;
  const used = usedInMonth(owner, now);
  const next = { ...used, [what]: used[what] + bytes, month: monthOf(now) };
  try {
    place()?.setItem(keyOf(owner), JSON.stringify(next));
  } catch {
    // A count that cannot be kept stops nobody.
  }
}

/** What was counted in the month of `now`, in bytes; a new month begins at 0. */
export function usedInMonth(membershipId: string, now = new Date()): DataUse {
  try {
    const kept = JSON.parse(place()?.getItem(keyOf(membershipId)) ?? '{}') as Partial<DataUse> & { month?: string };
    if (kept.month === monthOf(now)) return { sent: Number(kept.sent) || 0, received: Number(kept.received) || 0 };
  } catch {
    // As above.
  }
  return NONE;
}

/** For who takes the membership off the device. */
export function forgetUse(membershipId: string): void {
  if (owner === membershipId) owner = undefined;
  place()?.removeItem(keyOf(membershipId));
}
