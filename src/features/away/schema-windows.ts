// Whether somebody is away at a moment, by his setting: asked by the server, which answers once in each window, and by the client's
// device before she sends. Pure.

import type { Away, AwayDay } from './schema.ts';

export interface AwayNow {
  /** Names the window: the same at every moment of it. */
  readonly key: string;
  readonly text: string;
  /** Null where there is no end. */
  readonly until: string | null;
}

/** The window in which the moment lies; null where there is none, or all is switched off. What is said for one time comes first. */
export function awayAt(setting: Away | undefined, now: Date): AwayNow | null {
  if (setting === undefined || !setting.isOn) return null;
  return onceAt(setting.once, now) ?? weeklyAt(setting.weekly, now);
}

function onceAt(once: Away['once'], now: Date): AwayNow | null {
  if (!once) return null;
  const { from, to, text } = once;
  const isIn = from <= now.toISOString() && (to === undefined || now.toISOString() < to);
  return isIn ? { key: `once ${from}`, text, until: to ?? null } : null;
}

const DAY = 1440;
const WEEK = 7 * DAY;
const MINUTE_MS = 60_000;

function weeklyAt(weekly: Away['weekly'], now: Date): AwayNow | null {
  if (!weekly) return null;
  const here = clockIn(weekly.zone, now);
  if (here === null) return null;
  const { text } = weekly;
  const spans = spansOf(weekly.days);
  if (spans.length === 1 && spans[0]?.from === 0 && spans[0].to === WEEK) return { key: 'always', text, until: null };
  const span = spans.find(({ from, to }) =>
    [0, WEEK].some((turn) => from <= here.minute + turn && here.minute + turn < to),
  );
  if (span === undefined) return null;
  const at = here.minute < span.from ? here.minute + WEEK : here.minute;
  // A night in which the clocks change ends an hour off in what is shown; the window itself goes by the clock.
  const until = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS + (span.to - at) * MINUTE_MS);
  const began = new Date(here.midnight + Math.floor((span.from - at + (at % DAY)) / DAY) * DAY * MINUTE_MS);
  return { key: `weekly ${began.toISOString().slice(0, 10)} ${span.from % DAY}`, text, until: until.toISOString() };
}

interface Span {
  from: number;
  to: number;
}

/** Windows of a week in minutes from Sunday's midnight; those that touch are one, also over the end of the week. */
function spansOf(days: AwayDay[]): Span[] {
  const spans = days.flatMap((day, i): Span[] => {
    if (day === 'off') return [];
    if (day === 'day') return [{ from: i * DAY, to: (i + 1) * DAY }];
    const [from, to] = [minutesOf(day.from), minutesOf(day.to)];
    return [{ from: i * DAY + from, to: i * DAY + (to > from ? to : to + DAY) }];
  });
  const joined: Span[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (first === undefined || last === undefined) return joined;
  if (last.to - first.from >= WEEK && joined.length === 1) return [{ from: 0, to: WEEK }];
  if (joined.length === 1 || last.to < WEEK + first.from) return joined;
  last.to = Math.max(last.to, first.to + WEEK);
  return joined.slice(1);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Minutes since Sunday's midnight by the clocks of a zone, and the local day; null for a zone that is not known here. */
function clockIn(zone: string, now: Date): { minute: number; midnight: number } | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric' },
    });
    const parts = format.formatToParts(now);
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const midnight = Date.UTC(read('year'), read('month') - 1, read('day'));
    const minute = new Date(midnight).getUTCDay() * DAY + read('hour') * 60 + read('minute');
    return { minute, midnight };
  } catch {
    return null;
  }
}
