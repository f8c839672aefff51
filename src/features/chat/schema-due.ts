// When an answer is due: by what the practice has said, or by what holds where it has said nothing.

import { dueBy } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';

/** Where the practice has not said when it answers. */
const DAYS = 2;
const DAY_MS = 86_400_000;

/** By when an answer to what came at `since` is due (ISO 8601). */
export function dueOf(since: string, hours: Hours | null | undefined): string {
  const due = hours ? dueBy(since, hours) : null;
  return due ?? new Date(Date.parse(since) + DAYS * DAY_MS).toISOString();
}
