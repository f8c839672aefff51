// Which documents this page has open: asked for at each exchange, joined on the line, and shown anew when something of them has come.

import type { Desk } from './mutate.ts';

export interface Shown {
  /** Brings what is shown to what the device has. */
  refresh(): Promise<void>;
}

/** `opened`: another set of documents is open; `fetched`: a run has fetched what there was. */
export type OpenedNews = 'opened' | 'fetched';
type Store = Pick<Desk, 'store'>;

/** An open document that the line brings. */
export interface OnLine {
  /** The life of the server in which it was joined; null while it is being joined, and where the line has failed to bring something. */
  readonly epoch: string | null;
  /** Up to where it was here, or has come, and was kept. */
  readonly seq: number;
  /** Resolves when it was joined, or not. */
  readonly joining: Promise<void>;
}

interface Opened {
  readonly shown: Map<string, Shown>;
  readonly onLine: Map<string, OnLine>;
  readonly listeners: Set<(news: OpenedNews) => void>;
}

const byDesk = new WeakMap<object, Opened>();

function of({ store }: Store): Opened {
  const there = byDesk.get(store);
  if (there !== undefined) return there;
  const opened: Opened = { shown: new Map(), onLine: new Map(), listeners: new Set() };
  byDesk.set(store, opened);
  return opened;
}

/** The open documents by name. */
export function openedBy(desk: Store): ReadonlyMap<string, Shown> {
  return of(desk).shown;
}

/** Those of them that the line brings, by name; whoever joins and leaves them keeps this. */
export function onLineOf(desk: Store): Map<string, OnLine> {
  return of(desk).onLine;
}

/** Notes that a document is open, or with null that it is not any more. */
export function noteOpened(desk: Store, document: string, shown: Shown | null): void {
  if (shown === null) of(desk).shown.delete(document);
  else of(desk).shown.set(document, shown);
  tellOpened(desk, 'opened');
}

/** Tells all who listen. */
export function tellOpened(desk: Store, news: OpenedNews): void {
  for (const listener of of(desk).listeners) listener(news);
}

/** Hears of open documents until the returned function is called. */
export function onOpened(desk: Store, listener: (news: OpenedNews) => void): () => void {
  of(desk).listeners.add(listener);
  return () => void of(desk).listeners.delete(listener);
}
