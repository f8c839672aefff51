// What stands in the form of office hours, and what is wrong with it.

import type { JsonObject } from '../../../base/json.ts';
import { GUIDELINES_MAX, hoursFields, REPLY_HOURS_MOST, window } from '../schema-hours.ts';
import type { Hours } from '../schema-hours.ts';

export interface HoursDraft {
  readonly zone: string;
  readonly windows: Hours['windows'];
  readonly replyHours: number | undefined;
  /** One day a line. */
  readonly holidays: string;
  readonly guidelines: Readonly<Record<string, string>>;
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const EVENING = '20:00';
const MIDNIGHT = '24:00';
const NEW_WINDOW = { from: '09:00', to: '17:00' };

/** The hours as they hold, or what a practice begins with. */
export function draftOf(hours: Hours | undefined, zone: string): HoursDraft {
  if (hours !== undefined) return { ...hours, holidays: hours.holidays.join('\n') };
  const windows = WEEKDAYS.slice(0, 5).map((weekday) => ({ weekday, ...NEW_WINDOW }));
  return { zone, windows, replyHours: 16, holidays: '', guidelines: {} };
}

/** What was left unsaved; null where it is none. */
export function draftFrom({ zone, windows, replyHours, holidays, guidelines }: JsonObject): HoursDraft | null {
  if (typeof zone !== 'string' || !Array.isArray(windows) || typeof holidays !== 'string') return null;
  if (guidelines === null || typeof guidelines !== 'object') return null;
  const hours = typeof replyHours === 'number' ? replyHours : undefined;
  return {
    ...{ zone, holidays, replyHours: hours, windows: windows as Hours['windows'] },
    guidelines: guidelines as Record<string, string>,
  };
}

export type HoursFault =
  | { readonly at: 'zone' | 'replyHours' }
  | { readonly at: 'window'; readonly index: number }
  | { readonly at: 'holidays'; readonly day: string }
  | { readonly at: 'guidelines'; readonly language: string; readonly over: number };

/** The hours that the draft says, or what is wrong with it. */
export function hoursOf(draft: HoursDraft): { readonly hours: Hours } | { readonly faults: readonly HoursFault[] } {
  const holidays = draft.holidays.split(/\s+/).filter(Boolean);
  const said = Object.entries(draft.guidelines).filter(([, text]) => text.trim() !== '');
  const hours = { ...draft, replyHours: draft.replyHours ?? 0, holidays, guidelines: Object.fromEntries(said) };
  const faults: HoursFault[] = [
    ...(fits({ ...hours, windows: [], holidays: [], guidelines: {}, replyHours: 1 }) ? [] : [{ at: 'zone' } as const]),
    ...hours.windows.flatMap((one, index) => (isStretch(one) ? [] : [{ at: 'window' as const, index }])),
    ...(hours.replyHours >= 1 && hours.replyHours <= REPLY_HOURS_MOST ? [] : [{ at: 'replyHours' } as const]),
    ...holidays.filter((day) => !isDay(day)).map((day) => ({ at: 'holidays' as const, day })),
    ...said.flatMap(([language, { length }]) =>
      length > GUIDELINES_MAX ? [{ at: 'guidelines' as const, language, over: length - GUIDELINES_MAX }] : [],
    ),
  ];
  return faults.length > 0 ? { faults } : { hours };
}

/** An emptied time is none. */
const isStretch = (one: Hours['windows'][number]): boolean => window.safeParse(one).success;

const fits = (hours: Hours): boolean => hoursFields.safeParse(hours).success;

/** Of the calendar: no 30th of February. */
function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Whether there is room after the last stretch on this day. */
export const hasRoom = ({ windows }: Pick<HoursDraft, 'windows'>, weekday: number): boolean =>
  windows.every((one) => one.weekday !== weekday || one.to < MIDNIGHT);

/** With one more stretch on this day, after those that are there; it is to have room. */
export function withWindow(draft: HoursDraft, weekday: number): HoursDraft {
  const last = draft.windows.findLast((one) => one.weekday === weekday);
  const made = last === undefined ? NEW_WINDOW : { from: last.to, to: last.to < EVENING ? EVENING : MIDNIGHT };
  return { ...draft, windows: [...draft.windows, { weekday, ...made }] };
}
