// When something was: now, or a day and time that the person chose on this device's clock.

/** `local` is what the `datetime-local` field holds; empty for now. */
export type When = { readonly mode: 'now' | 'earlier' | 'yesterday'; readonly local: string };
export type WhenFault = 'missing' | 'future';

export const NOW: When = { mode: 'now', local: '' };

/** A date as a `datetime-local` field writes it: this device's wall clock, to the minute. */
export function localOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a choice begins with: yesterday at this hour, or today at this hour, to be changed. */
export function whenOf(mode: When['mode'], now: Date): When {
  if (mode === 'now') return NOW;
  const day = new Date(now);
  if (mode === 'yesterday') day.setDate(day.getDate() - 1);
  return { mode, local: localOf(day) };
}

/** The instant, as ISO 8601 in UTC, or what is wrong with it. */
export function instantOf(when: When, now: Date): { at: string } | { fault: WhenFault } {
  if (when.mode === 'now') return { at: now.toISOString() };
  const chosen = new Date(when.local);
  if (Number.isNaN(chosen.getTime())) return { fault: 'missing' };
  return chosen > now ? { fault: 'future' } : { at: chosen.toISOString() };
}
