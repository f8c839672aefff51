// The shapes that every noun's fields are made of.

import * as z from 'zod/mini';
import { isId } from '../base/ids.ts';

export const id = z.string().check(z.refine(isId, 'not an id'));

/** Trimmed text with something in it, at most `max` UTF-16 units. */
export const words = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => text.trim() !== '', 'empty'),
  );

/** A UTC instant as ISO 8601 with milliseconds, as `Date.toISOString` writes it. */
export const instant = z.string().check(z.refine(isInstant, 'not a time'));

/** A calendar day, `2026-11-23`. */
export const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** An IANA zone as the device names it. It is kept as said, not looked up: an old server must not refuse a new zone. */
export const zone = z.string().check(z.regex(/^[A-Za-z0-9_+\-/]{1,64}$/));

/** What every mutation says of itself: the member who did it, when, and in which zone. */
export const authored = { by: id, at: instant, zone };

function isInstant(text: string): boolean {
  return /^[+-]?\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
