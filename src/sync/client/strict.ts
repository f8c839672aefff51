// What a strict grant takes off the device beside rows: sensitive members in drafts, in refused words and in the replay copies
// of work that the server has. Nothing is lost by it: the server has the work, and a refused act keeps its parcel.

import type { Json, JsonObject } from '../../base/json.ts';
import type { Mutation } from '../core/mutation.ts';
import { keysOf } from '../core/rebase.ts';
import type { Declarations } from '../core/run.ts';
import type { DeviceTables } from './device-store.ts';
import { refOf } from './local-rows.ts';

/** Hides from now on what record types declare as sensitive, wherever its author's words still lie here. */
export async function hideSensitive(tx: DeviceTables, declared: Declarations): Promise<void> {
  const names = sensitiveNames(declared);
  for (const draft of await tx.drafts.all()) {
    if (hasAny(draft.content, names)) await tx.drafts.put({ ...draft, content: without(draft.content, names) });
  }
  for (const rejection of await tx.rejections.all()) {
    const { mutation } = rejection;
    if (mutation === null || !hasAny(mutation.args, names)) continue;
    await tx.rejections.put({ ...rejection, mutation: { ...mutation, args: without(mutation.args, names) } });
  }
  const isHidden = (mutation: Mutation) => hasAny(mutation.args, names) || mayBeHiddenWhole(declared, mutation);
  const kept = (await tx.kept.all()).filter(({ mutation }) => mutation && isHidden(mutation));
  // The parcel stays: it can be sent again, and nobody can read it here.
  await tx.kept.put(kept.map(({ mutation: _, ...entry }) => entry));
}

/** The last member of every sensitive path: what is typed into a form has the same names as what is stored. */
function sensitiveNames({ recordTypes }: Declarations): ReadonlySet<string> {
  const paths = Object.values(recordTypes).flatMap((type) => type.sensitive?.fields ?? []);
  return new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)));
}

/** Whether it acts on rows of a type of which some are left out whole: what it says of one cannot be told from here. */
function mayBeHiddenWhole({ mutators, recordTypes }: Declarations, mutation: Mutation): boolean {
  return keysOf(mutators, mutation).some((key) => recordTypes[refOf(key).type]?.sensitive?.row !== undefined);
}

function hasAny(value: Json | undefined, names: ReadonlySet<string>): boolean {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, item]) => names.has(key) || hasAny(item as Json, names));
}

function without(value: JsonObject, names: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(value).filter(([key]) => !names.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, item === undefined ? item : cleaned(item, names)]));
}

function cleaned(value: Json, names: ReadonlySet<string>): Json {
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map((item) => cleaned(item as Json, names)) : without(value as JsonObject, names);
}
