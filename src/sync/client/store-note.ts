// What this browser remembers of a membership's store outside of that store, so that one that is gone is seen to be gone and
// never silently begun anew: whose it was, under which device id, and counts as they last were. In localStorage, which mostly
// outlives a browser's clearing of databases; the registry keeps a copy. No words, no health data: counts, ids and the name.

import * as z from 'zod/mini';
import type { StoreNote } from './registry.ts';

const [text, count] = [z.string(), z.number()];
const note: z.ZodMiniType<StoreNote> = z.object({
  id: text,
  practice: text,
  name: text,
  device: text,
  lastN: count,
  unsent: count,
  refused: count,
  hour: text,
});
export type Counts = Omit<StoreNote, 'id' | 'practice' | 'name' | 'hour'>;

const PREFIX = 'interlude.store.';

/** Remembers this; where the browser does not let us, the registry's copy has to do. */
export function keepNote(whose: Pick<StoreNote, 'id' | 'practice' | 'name'>, counts: Counts): void {
  const { id, practice, name } = whose;
  const { device, lastN, unsent, refused } = counts;
  const hour = new Date().toISOString().slice(0, 13);
  try {
    const said = JSON.stringify({ id, practice, name, device, lastN, unsent, refused, hour } satisfies StoreNote);
    localStorage.setItem(PREFIX + id, said);
  } catch {
    return;
  }
}

/** Changes counts of what is remembered; nothing where there is nothing. */
export function changeNote(id: string, counts: Partial<Counts>): void {
  const kept = noteOf(id);
  if (kept !== undefined) keepNote(kept, { ...kept, ...counts });
}

export function noteOf(id: string): StoreNote | undefined {
  try {
    return z.safeParse(note, JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

/** All that is remembered. */
export function notesHere(): StoreNote[] {
  try {
    const ids = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return ids.flatMap((key) => noteOf(key.slice(PREFIX.length)) ?? []);
  } catch {
    return [];
  }
}

/** For a store that was taken off on purpose. */
export function forgetNote(id: string): void {
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    return;
  }
}
