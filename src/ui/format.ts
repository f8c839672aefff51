/**
 * Dates, times and numbers as the reader writes them. Always the Gregorian calendar: a clinic's dates must read the
 * same to both sides. Takes ISO 8601; a date without a time (`2026-03-04`) is that day in every time zone.
 */
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export interface Format {
  /** `4 Mar 2026, 14:05` */
  dateTime: (iso: string) => string;
  /** `14:05` */
  time: (iso: string) => string;
  /** `Wednesday 4 March`, with the year when it is not this one. */
  day: (iso: string, nowMs?: number) => string;
  /** `2 hours ago`, `in 1 day`; under a minute: `now`. By distance, so never `yesterday`. */
  relative: (iso: string, nowMs?: number) => string;
  number: (value: number) => string;
  /** `Ana, Ben and Cara` */
  list: (items: readonly string[]) => string;
}

export function makeFormat(tags: readonly string[], timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = new Map<string, Intl.DateTimeFormat>();
  const numbers = new Intl.NumberFormat([...tags]);
  const lists = new Intl.ListFormat([...tags], { type: 'conjunction' });
  const distances = new Intl.RelativeTimeFormat([...tags]);
  const now = new Intl.RelativeTimeFormat([...tags], { numeric: 'auto' }).format(0, 'second');

  function show(iso: string, options: Intl.DateTimeFormatOptions): string {
    const where = DATE_ONLY.test(iso) ? { timeZone: 'UTC' } : zone;
    const all: Intl.DateTimeFormatOptions = { calendar: 'gregory', ...options, ...where };
    const key = JSON.stringify(all);
    const format = dates.get(key) ?? new Intl.DateTimeFormat([...tags], all);
    dates.set(key, format);
    return format.format(new Date(iso));
  }

  return {
    dateTime: (iso) => show(iso, { dateStyle: 'medium', timeStyle: 'short' }),
    time: (iso) => show(iso, { timeStyle: 'short' }),
    day: (iso, nowMs = Date.now()) => show(iso, dayOptions(iso, nowMs)),
    relative: (iso, nowMs = Date.now()) => {
      const distance = steps(Date.parse(iso) - nowMs);
      return distance === undefined ? now : distances.format(...distance);
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
  };
}

function dayOptions(iso: string, nowMs: number): Intl.DateTimeFormatOptions {
  const thisYear = new Date(iso).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  return { weekday: 'long', day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) };
}

function steps(distanceMs: number): [number, Intl.RelativeTimeFormatUnit] | undefined {
  if (Number.isNaN(distanceMs)) throw new RangeError('not a time');
  const step = STEPS.find(([, ms]) => Math.abs(distanceMs) >= ms);
  return step && [Math.trunc(distanceMs / step[1]), step[0]];
}
