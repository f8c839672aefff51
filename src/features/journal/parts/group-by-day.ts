import type { EntryView } from '../queries.ts';

type Day = { day: string; entries: [EntryView, ...EntryView[]] };

/** Runs of entries of one calendar day, each on the clock of the place where it was written. */
export function groupByDay(entries: readonly EntryView[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = dayOf(entry);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

const dayFormatByZone = new Map<string, Intl.DateTimeFormat>();

/** The calendar day, `2026-11-23`, on which something was where it was written. */
export function dayOf({ at, zone }: Pick<EntryView, 'at' | 'zone'>): string {
  const format = dayFormatByZone.get(zone) ?? dayFormat(zone);
  dayFormatByZone.set(zone, format);
  return format.format(new Date(at));
}

/** A zone that this device does not know is read on its own clock. */
function dayFormat(zone: string): Intl.DateTimeFormat {
  const options = { calendar: 'gregory', dateStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat('sv', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('sv', options);
  }
}
