// In which order the inbox shows what awaits: by client, those with late arrivals first, then those who wait longest.

import type { EntryView } from '../queries.ts';
import { isLate } from './late-arrival.tsx';

export interface ClientGroup {
  readonly client: string;
  readonly entries: readonly EntryView[];
}

/** `isOpen` says what still stands in the queue. Within a client the open ones come first; each part newest first. */
export function groupByClient(
  entries: readonly EntryView[],
  isOpen: (entry: EntryView) => boolean,
): readonly ClientGroup[] {
  const groups = new Map<string, EntryView[]>();
  for (const entry of entries) groups.set(entry.client, [...(groups.get(entry.client) ?? []), entry]);
  return [...groups]
    .map(([client, own]) => ({ client, entries: [...own].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a))) }))
    .sort((a, b) => compare(urgency(a, isOpen), urgency(b, isOpen)));
}

/** The first `limit` entries, in the order of the groups. */
export function firstOf(groups: readonly ClientGroup[], limit: number): readonly ClientGroup[] {
  let left = limit;
  return groups.flatMap(({ client, entries }) => {
    const shown = entries.slice(0, Math.max(0, left));
    left -= shown.length;
    return shown.length === 0 ? [] : [{ client, entries: shown }];
  });
}

/** Smaller comes first: late arrivals, then open ones by the oldest of them, then the rest by their newest. */
function urgency({ entries }: ClientGroup, isOpen: (entry: EntryView) => boolean): readonly [number, string] {
  const open = entries.filter(isOpen);
  if (open.length === 0) return [2, ''];
  const oldest = open.map(({ at }) => at).sort()[0] ?? '';
  return [open.some(isLate) ? 0 : 1, oldest];
}

function compare(a: readonly [number, string], b: readonly [number, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}
