// The time at which a message goes, between what a browser's own field has, by this device's clock, and what is kept.

import { opensAt } from '../../office-hours/schema-due.ts';
import type { Hours } from '../../office-hours/schema-hours.ts';
import { DAYS_AHEAD_MOST } from '../schema.ts';
import type { ScheduledWord } from '../words/catalogue.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** As the field has it. */
export function fieldOf(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** As it is kept, of a time without a fault. */
export const timeIn = (field: string): string => new Date(field).toISOString();

/** What is missing or cannot be. */
export function whenFault(field: string, nowMs: number): ScheduledWord | undefined {
  const ms = Date.parse(field);
  if (Number.isNaN(ms)) return 'scheduled.when.empty';
  if (ms <= nowMs) return 'scheduled.when.past';
  return ms - nowMs > DAYS_AHEAD_MOST * DAY_MS ? 'scheduled.when.far' : undefined;
}

/** What is offered first: when the practice opens next, or in an hour where it is open or has said nothing. */
export function firstOffer(nowMs: number, hours: Hours | null): string {
  const inAnHour = nowMs + HOUR_MS;
  return (hours && opensAt(inAnHour, hours)) ?? new Date(inAnHour).toISOString();
}

/** When the practice opens after that time, where it is closed then. */
export function openAfter(field: string, hours: Hours | null): string | null {
  const ms = Date.parse(field);
  const next = hours === null || Number.isNaN(ms) ? null : opensAt(ms, hours);
  return next === null || Date.parse(next) === ms ? null : next;
}
