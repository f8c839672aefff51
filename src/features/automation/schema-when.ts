// When a message by a rule goes: so many days after what happened, in the practice's open hours, and to one client no two on a day.
// The same on the server, which plans it, and on the device, which shows what will happen.

import { opensAt } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';

const DAY_MS = 86_400_000;
const DAYS_TRIED = 60;

type Open = Pick<Hours, 'zone' | 'windows' | 'holidays'>;

/** Where a practice has decided no hours: by day. */
export function openTimes(hours: Hours | null, zone: string): Open {
  if (hours !== null && hours.windows.length > 0) return hours;
  const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '20:00' }));
  return { zone: hours?.zone ?? zone, windows, holidays: hours?.holidays ?? [] };
}

/** The day on which it is, in the practice's zone. */
export function dayIn(iso: string, zone: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...parts }).format(new Date(iso));
  } catch {
    return iso.slice(0, 10);
  }
}

interface When {
  readonly delayDays: number;
  /** Nothing goes before it (milliseconds since 1970): what was found late begins with it. */
  readonly now: number;
  readonly open: Open;
  readonly isTaken: (day: string) => boolean;
}

/** The first open moment from then on that has not passed, on a day that is not taken. */
export function goesAt(happenedAt: string, { delayDays, now, open, isTaken }: When): string {
  let ms = Math.max(Date.parse(happenedAt) + delayDays * DAY_MS, now);
  for (let i = 0; i < DAYS_TRIED; i += 1) {
    const at = opensAt(ms, open);
    if (at === null) break;
    if (!isTaken(dayIn(at, open.zone))) return at;
    ms += DAY_MS;
  }
  return new Date(ms).toISOString();
}
