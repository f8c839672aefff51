// Times of a person's own day: quiet hours and the hour of the digest, in her zone. Pure. Found by walking over quarters of an
// hour, at which every zone's whole hours lie, so that a day on which the clocks are changed needs no rule of its own.

import type { QuietHours } from '../../src/features/notification/schema.ts';

const QUARTER_MS = 15 * 60_000;
/** Longer than any two local days. */
const WALK_QUARTERS = 4 * 52;

interface Local {
  readonly day: string;
  readonly hour: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Day and hour on a clock in this zone; in UTC where this server does not know the zone. */
export function localTime(at: Date, zone: string): Local {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
}

/** Whether nobody is to be disturbed. From an hour to itself is the whole day. */
export function isQuiet(at: Date, quiet: QuietHours | 'off', zone: string): boolean {
  if (quiet === 'off') return false;
  const { hour } = localTime(at, zone);
  const { from, to } = quiet;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The first moment from then on that is not quiet; null where there is none. */
export function quietUntil(at: Date, quiet: QuietHours | 'off', zone: string): Date | null {
  return isQuiet(at, quiet, zone) ? walk(at, (quarter) => !isQuiet(quarter, quiet, zone)) : at;
}

/**
 * The first moment from then on at which a digest is due: once each local day, at the hour, or at the first later one where
 * the clocks leave it out. An hour that comes twice counts once.
 */
export function digestAt(from: Date, hour: number, zone: string): Date {
  const found = walk(from, (quarter) => {
    const now = localTime(quarter, zone);
    const before = localTime(new Date(quarter.getTime() - QUARTER_MS), zone);
    return now.hour >= hour && (before.day !== now.day || before.hour < hour);
  });
  // No zone has two days without an hour; a fault here must not keep a notice for good.
  return found ?? from;
}

function walk(from: Date, isIt: (quarter: Date) => boolean): Date | null {
  const first = Math.ceil(from.getTime() / QUARTER_MS);
  for (let i = 0; i < WALK_QUARTERS; i++) {
    const quarter = new Date((first + i) * QUARTER_MS);
    if (isIt(quarter)) return quarter;
  }
  return null;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = newFormat(zone) ?? newFormat('UTC') ?? new Intl.DateTimeFormat();
  formats.set(zone, made);
  return made;
}

function newFormat(timeZone: string): Intl.DateTimeFormat | null {
  const numbers = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en', { timeZone, ...numbers, hourCycle: 'h23', calendar: 'iso8601' });
  } catch {
    return null;
  }
}
