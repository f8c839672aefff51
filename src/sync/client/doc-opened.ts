// Which documents this page has open: asked for at each exchange, and shown anew when something of them has come.

import type { Desk } from './mutate.ts';

export interface Shown {
  /** Brings what is shown to what the device has. */
  refresh(): Promise<void>;
}

const byDesk = new WeakMap<object, Map<string, Shown>>();

/** The open documents by name. */
export function openedBy(desk: Pick<Desk, 'store'>): Map<string, Shown> {
  const there = byDesk.get(desk.store);
  if (there !== undefined) return there;
  const opened = new Map<string, Shown>();
  byDesk.set(desk.store, opened);
  return opened;
}
