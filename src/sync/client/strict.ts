// What a strict grant takes off the device beside rows: sensitive members in drafts, in refused words and in the replay copies
// of work that the server has. The server loses nothing by it. A refused act keeps its parcel, which nobody can read here: done
// again, it is done without what was taken out, and `partial` has its author told so.

import type { Mutation } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import { isTombstone } from '../core/record.ts';
import type { StoredRow } from '../core/record.ts';
import { parseMutation, runParsed } from '../core/run.ts';
import type { Declarations } from '../core/run.ts';
import { rowKey } from '../core/tx.ts';
import type { ReadSet } from '../core/tx.ts';
import type { KeptEntry } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { hasAny, sensitiveNames, without } from './sensitive.ts';

/** Hides from now on what record types declare as sensitive, wherever its author's words still lie here. */
export async function hideSensitive(tx: DeviceTables, declared: Declarations): Promise<void> {
  const names = sensitiveNames(declared);
  for (const draft of await tx.drafts.all()) {
    if (hasAny(draft.content, names)) await tx.drafts.put({ ...draft, content: without(draft.content, names) });
  }
  for (const rejection of await tx.rejections.all()) {
    const { mutation } = rejection;
    if (mutation === null) continue;
    if (makesHidden(declared, mutation)) await tx.rejections.put({ ...rejection, mutation: null });
    else if (hasAny(mutation.args, names))
      await tx.rejections.put({
        ...rejection,
        mutation: { ...mutation, args: without(mutation.args, names) },
        partial: true,
      });
  }
  const kept = await tx.kept.all();
  await tx.kept.put(kept.flatMap((entry) => partOf(declared, entry, names) ?? []));
}

/**
 * The entry without the words that are hidden now; undefined where it has none. Its parcel stays: it can be sent again, and
 * nobody can read it here. What is left of the words is its author's, should the act ever come back.
 */
function partOf(declared: Declarations, entry: KeptEntry, names: ReadonlySet<string>): KeptEntry | undefined {
  const { mutation, ...closed } = entry;
  if (mutation === undefined) return undefined;
  if (makesHidden(declared, mutation)) return closed;
  if (!hasAny(mutation.args, names)) return undefined;
  const part = { ...mutation, args: without(mutation.args, names) };
  const parsed = parseMutation(declared.mutators, part);
  return typeof parsed === 'string' || isRefusal(parsed) ? closed : { ...closed, mutation: part, partial: true };
}

/** Whether it makes a row that is left out whole; told from its own words alone. */
function makesHidden(declared: Declarations, mutation: Mutation): boolean {
  const parsed = parseMutation(declared.mutators, mutation);
  if (typeof parsed === 'string' || isRefusal(parsed)) return false;
  const nothing: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), null]));
  const run = { by: parsed.args.by, device: '', base: 0, version: 0, known: nothing, context: { now: mutation.at } };
  const done = runParsed(declared, parsed, run);
  if (isRefusal(done)) return false;
  const isHidden = (row: StoredRow) =>
    !isTombstone(row) && declared.recordTypes[row.type]?.sensitive?.row?.(row.fields);
  return done.changed().some((row) => isHidden(row) === true);
}
