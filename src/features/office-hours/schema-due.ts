// When an answer is due, in the practice's own time: only open hours count. The same on every device, with and without a network.

import type { Hours } from './schema-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A practice that is closed for longer promises nothing. */
const DAYS_MOST = 400;

type Timed = Pick<Hours, 'zone' | 'windows' | 'holidays'>;

/** Which of the decisions holds: the newest in commit order; what is not sent yet comes after all that is. */
export function newestOf<R extends { readonly id: string; readonly version: number }>(
  decisions: readonly R[],
): R | null {
  const order = ({ version }: R) => (version === 0 ? Number.POSITIVE_INFINITY : version);
  const inOrder = decisions.toSorted((a, b) => (order(a) === order(b) ? (a.id < b.id ? -1 : 1) : order(a) - order(b)));
  return inOrder.at(-1) ?? null;
}

/** A stretch of time in which the practice is open, in milliseconds since 1970. */
interface Open {
  readonly from: number;
  readonly to: number;
}

/**
 * The instant (ISO 8601) by which what came at `since` is to be answered: after `replyHours` of open time, counted from the moment
 * it came or, where that is outside, from when the practice opens. Null where the practice has no open hours.
 */
export function dueBy(since: string, hours: Timed & Pick<Hours, 'replyHours'>): string | null {
  const start = Date.parse(since);
  let left = hours.replyHours * HOUR_MS;
  for (const open of opensFrom(start, hours)) {
    if (open.to - open.from >= left) return new Date(open.from + left).toISOString();
    left -= open.to - open.from;
  }
  return null;
}

/** When the practice is open next, from this time on (milliseconds since 1970; ISO 8601). Null where it has no open hours. */
export function opensAt(ms: number, hours: Timed): string | null {
  const [open] = opensFrom(ms, hours);
  return open === undefined ? null : new Date(open.from).toISOString();
}

/** Whether the practice is open at this time (milliseconds since 1970). */
export function isOpenAt(ms: number, hours: Timed): boolean {
  const [open] = opensFrom(ms, hours);
  return open !== undefined && open.from <= ms;
}

/** What is open and not over, from this time on, one stretch after another; what overlaps counts once. */
function* opensFrom(ms: number, hours: Timed): Generator<Open> {
  if (hours.windows.length === 0) return;
  const closed = new Set(hours.holidays);
  const wall = new Date(ms + offsetAt(ms, hours.zone));
  const today = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  let through = ms;
  for (let i = 0; i < DAYS_MOST; i++) {
    const day = today + i * DAY_MS;
    if (closed.has(new Date(day).toISOString().slice(0, 10))) continue;
    const weekday = new Date(day).getUTCDay() || 7;
    const own = hours.windows
      .filter((one) => one.weekday === weekday)
      .map(({ from, to }) => ({ from: instantOf(day, from, hours.zone), to: instantOf(day, to, hours.zone) }))
      .sort((a, b) => a.from - b.from);
    for (const { from, to } of own) {
      if (to <= through) continue;
      yield { from: Math.max(from, through), to };
      through = to;
    }
  }
}

/** When a clock in the zone shows this. A time that is left out in spring is as far after the change as it would have been. */
function instantOf(day: number, clock: string, zone: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const wall = day + hour * HOUR_MS + minute * MINUTE_MS;
  const first = wall - offsetAt(wall - DAY_MS, zone);
  const second = wall - offsetAt(first, zone);
  return offsetAt(second, zone) === offsetAt(first, zone) ? second : Math.max(first, second);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC then. A zone that this device does not know counts as UTC. */
function offsetAt(ms: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(ms);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(ms / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = make(zone) ?? make('UTC') ?? new Intl.DateTimeFormat('en');
  formats.set(zone, made);
  return made;
}

function make(timeZone: string): Intl.DateTimeFormat | null {
  const numeric = 'numeric';
  const date = { year: numeric, month: numeric, day: numeric } as const;
  const time = { hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, ...date, ...time });
  } catch {
    return null;
  }
}
