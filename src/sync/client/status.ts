// What the sync line says: one small value, changed only when its words would. Offline is said after half a second,
// "connecting" only after four: a blink of the network is nobody's business.

import type { DeviceTables } from './device-store.ts';
import type { ExchangeState } from './exchange.ts';
import { asOne } from './files-as-one.ts';
import { live } from './live.ts';
import type { Counts } from './store-note.ts';

export interface SyncStatus {
  readonly line:
    | 'up-to-date'
    | 'sending'
    | 'fetching'
    | 'connecting'
    | 'offline'
    | 'sign-in'
    | 'held'
    | 'ended'
    | 'update-needed'
    | 'full'
    | 'trouble';
  readonly unsent: number;
  readonly refused: number;
  /** When this device last had everything; null before the first time in this session. */
  readonly freshAt: string | null;
}

export interface Status {
  get(): SyncStatus;
  subscribe(listener: () => void): () => void;
  exchange(state: ExchangeState): void;
  stop(): void;
}

const OFFLINE_AFTER_MS = 500;
const CONNECTING_AFTER_MS = 4000;

/** Watches the outbox and hears the exchange; `onCounts` is told what was counted, behind each write. */
export function createStatus(tables: DeviceTables, onCounts: (counts: Counts) => void): Status {
  const listeners = new Set<() => void>();
  let value: SyncStatus = { line: 'connecting', unsent: 0, refused: 0, freshAt: null };
  let filling = false;
  let work: { readonly heard: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(change: Partial<SyncStatus>): void {
    const next = { ...value, ...change };
    if (JSON.stringify(next) === JSON.stringify(value)) return;
    value = next;
    for (const listener of listeners) listener();
  }

  const count = async () => {
    const { cursor, fills, device, lastN } = await tables.state();
    const unsent = (await tables.outbox.countUnsent()) + (await tables.files.countUnsent());
    const refused = await tables.rejections.count();
    const refusedFiles = asOne(await tables.files.inState('refused')).length;
    return { device, lastN, unsent, refused, refusedFiles, filling: cursor === null || fills.length > 0 };
  };
  const counting = live(count).subscribe((counts) => {
    filling = counts.filling;
    onCounts(counts);
    set({ unsent: counts.unsent, refused: counts.refused + counts.refusedFiles });
    // What was written may be counted only after the work on it has begun.
    if (work && counts.unsent > 0) working(work.heard);
  });

  function later(line: SyncStatus['line'], ms: number): void {
    clearTimeout(timer);
    // Meanwhile something may have come to be sent.
    timer = setTimeout(() => set({ line: line === 'connecting' && value.unsent > 0 ? 'sending' : line }), ms);
  }

  function exchange(state: ExchangeState): void {
    work = state.kind === 'working' ? state : null;
    if (state.kind === 'working') return working(state.heard);
    clearTimeout(timer);
    if (state.kind === 'idle') set({ line: 'up-to-date', freshAt: new Date().toISOString() });
    else if (state.kind === 'offline') later('offline', OFFLINE_AFTER_MS);
    else set({ line: state.kind });
  }

  /**
   * Work that is quick and has nothing of the person's to send is not worth a word; and who was offline is so until the
   * server has answered, however often it is tried.
   */
  function working(heard: boolean): void {
    if (value.line === 'offline' && !heard) return;
    if (value.unsent > 0) set({ line: 'sending' });
    else if (filling) set({ line: 'fetching' });
    else if (value.line !== 'offline') later('connecting', CONNECTING_AFTER_MS);
  }

  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exchange,
    stop() {
      clearTimeout(timer);
      counting.unsubscribe();
      listeners.clear();
    },
  };
}
