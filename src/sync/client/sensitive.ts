// Which members of a person's words are sensitive, and the words without them. What is typed into a form has the same names as
// what is stored; no noun is known here.

import type { Json, JsonObject } from '../../base/json.ts';
import type { RecordTypes } from '../core/run.ts';
import type { SyncState } from './database.ts';

/** Whether anything is kept from this person on this device. */
export const isStrict = ({ spaces }: SyncState): boolean => spaces.some((grant) => grant.strict === true);

/** The last member of every sensitive path. */
export function sensitiveNames({ recordTypes }: RecordTypes): ReadonlySet<string> {
  const paths = Object.values(recordTypes).flatMap((type) => type.sensitive?.fields ?? []);
  return new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)));
}

export function hasAny(value: Json | undefined, names: ReadonlySet<string>): boolean {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, item]) => names.has(key) || hasAny(item as Json, names));
}

export function without(value: JsonObject, names: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(value).filter(([key]) => !names.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, item === undefined ? item : cleaned(item, names)]));
}

function cleaned(value: Json, names: ReadonlySet<string>): Json {
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map((item) => cleaned(item as Json, names)) : without(value as JsonObject, names);
}
