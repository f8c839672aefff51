// What may be in office hours.

import * as z from 'zod/mini';
import { day, words, zone } from '../fields.ts';

export const GUIDELINES_MAX = 600;
export const WINDOWS_MOST = 21;
export const HOLIDAYS_MOST = 200;
export const REPLY_HOURS_MOST = 400;

/** Minutes since midnight, as `08:30`; an end may be `24:00`. */
const clock = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));

export const window = z
  .strictObject({
    /** ISO 8601: 1 is Monday. */
    weekday: z.number().check(z.int(), z.gte(1), z.lte(7)),
    from: clock,
    to: clock,
  })
  .check(z.refine(({ from, to }) => from < to, { error: 'ends before it begins', path: ['to'] }));

export const hoursFields = z.strictObject({
  zone: zone.check(z.refine(isZone, 'no zone')),
  windows: z.array(window).check(z.maxLength(WINDOWS_MOST)),
  /** Days on which the practice is closed. */
  holidays: z.array(day).check(z.maxLength(HOLIDAYS_MOST)),
  /** Within how many open hours an answer comes. */
  replyHours: z.number().check(z.gt(0), z.lte(REPLY_HOURS_MOST)),
  /** What stands beside a message, by language: how the practice reads messages, and whom to call. */
  guidelines: z.record(z.string().check(z.maxLength(35)), words(GUIDELINES_MAX)),
});
export type Hours = z.infer<typeof hoursFields>;

/** By these a time is computed on every device, so that one that is none is not taken. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
