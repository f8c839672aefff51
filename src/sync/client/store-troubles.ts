// What a browser's storage does to a store, as typed errors and as news for all who show screens: full, newer than this
// program, let go for a newer program, waiting for an older one. Knows no screen and no table.

/** There is no room left on this device; nothing of what was asked has happened. */
export class DeviceFull extends Error {
  override readonly name = 'DeviceFull';
}

/** What is stored was written by a later version of this program. Nothing of it was touched. */
export class StoreNewer extends Error {
  override readonly name = 'StoreNewer';
}

/** The store is empty: cleared behind the app's back, or spoilt. It was set up, or nobody would ask. */
export class StoreGone extends Error {
  override readonly name = 'StoreGone';
}

/** `blocked`: an older version in another tab holds the store; `opened`: it does no more; `outdated`: a newer one took over;
 * `gone`: what was set up is not there. */
export type StoreNews = 'blocked' | 'opened' | 'outdated' | 'gone';

type Listener = (news: StoreNews, membershipId: string) => void;

const listeners = new Set<Listener>();

/**
 * Hears of it from now on, of every membership's store. `outdated` is told before the store is closed: what is being typed can
 * still be kept.
 */
export function onStoreNews(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellStoreNews(news: StoreNews, membershipId: string): void {
  for (const listener of listeners) listener(news, membershipId);
}

const DEAD = ['InvalidStateError', 'UnknownError', 'DatabaseClosedError', 'AbortError', 'TransactionInactiveError'];

/** Whether the connection ended under what was asked, so that it may be asked of another one. */
export function isDead(error: unknown): boolean {
  return !isFull(error) && chainOf(error).some(({ name }) => DEAD.includes(name ?? ''));
}

export function isFull(error: unknown): boolean {
  return chainOf(error).some(({ name }) => name === 'QuotaExceededError' || name === 'DeviceFull');
}

/** For what can do without being kept: a full device goes on like any other. */
export function unlessFull(error: unknown): void {
  if (!isFull(error)) throw error;
}

/** The error as it is to be handled: one of the typed ones where it is that. */
export function asTrouble(error: unknown): unknown {
  if (isFull(error)) return new DeviceFull('no room is left on this device', { cause: error });
  return chainOf(error).find((one) => one instanceof StoreNewer) ?? error;
}

interface Link {
  readonly name?: string;
  readonly inner?: unknown;
  readonly failures?: readonly unknown[];
  readonly cause?: unknown;
}

/** Dexie wraps what IndexedDB said, once or more. */
function chainOf(error: unknown): Link[] {
  const chain: Link[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && !chain.includes(next as Link)) {
    const link = next as Link;
    chain.push(link);
    next = link.inner ?? link.failures?.[0] ?? link.cause;
  }
  return chain;
}
