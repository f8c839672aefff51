// What every database on the way can hold. PostgreSQL's jsonb takes neither the null character nor half of a surrogate pair;
// unless both sides refuse them at the door, one such letter would stop a whole outbox at the server for good.

import type { Json, JsonObject } from '../../base/json.ts';

const DEPTH_MOST = 32;
// With the flag `u` a surrogate is one only where its other half is missing.
const UNHELD = /\0|\p{Surrogate}/u;

/** The path of the first value that cannot be stored; null where all can. */
export function unstorable(args: JsonObject): string | null {
  return faultIn(args, []);
}

function faultIn(value: Json | undefined, path: readonly string[]): string | null {
  if (typeof value === 'string') return isHeld(value) ? null : path.join('.');
  if (value === null || typeof value !== 'object') return null;
  // A depth that no argument has would otherwise end in an overflow of the stack.
  if (path.length >= DEPTH_MOST) return path.join('.');
  for (const [key, item] of Object.entries(value)) {
    if (!isHeld(key)) return path.join('.');
    const fault = faultIn(item as Json, [...path, key]);
    if (fault !== null) return fault;
  }
  return null;
}

function isHeld(text: string): boolean {
  return !UNHELD.test(text);
}
