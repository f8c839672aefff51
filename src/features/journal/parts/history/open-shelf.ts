// The one shelf of an unlocked page: its worker, what fills it, and the way to ask it. Another chart's takes its place; a lock, which
// loads the page anew, ends it.

import type { Reader } from '../../../../sync/client/reader.ts';
import type { PrivateSide } from '../private-side.ts';
import { createFilling } from './filling.ts';
import type { Progress } from './filling.ts';
import type { Answer, Question, Shelf } from './shelf.ts';
import type { FromShelf, ToShelf } from './shelf.worker.ts';

export interface ShelfState extends Progress {
  /** All that is on the device is on it. */
  readonly isFull: boolean;
  /** Grows with what is on it: an answer from before may be another one now. */
  readonly changes: number;
  readonly hasFailed: boolean;
}

export interface OpenShelf {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => ShelfState;
  /** Brings it up to what the device has; resolves when it is, or has failed. */
  readonly catchUp: () => Promise<void>;
  readonly find: (question: Question, limit: number) => Promise<Answer>;
}

const EMPTY: ShelfState = { done: 0, total: 0, isFull: false, changes: 0, hasFailed: false };
/** Not told more often while it is filled: each telling may ask anew. */
const TELL_MS = 150;

let open: { readonly reader: Reader; readonly client: string; readonly shelf: OpenShelf; end(): void } | null = null;

/** The shelf of this chart and of what stands beside it, empty at first. */
export function shelfOf(reader: Reader, client: string, beside: PrivateSide | null): OpenShelf {
  if (open?.reader === reader && open.client === client) return open.shelf;
  open?.end();
  const worker = new Worker(new URL('./shelf.worker.ts', import.meta.url), { type: 'module' });
  const shelf = openShelf(worker, { reader, client, beside });
  open = { reader, client, shelf, end: () => worker.terminate() };
  return shelf;
}

interface Of {
  readonly reader: Reader;
  readonly client: string;
  readonly beside: PrivateSide | null;
}

function openShelf(worker: Worker, { reader, client, beside }: Of): OpenShelf {
  const { tell, ...told } = toldState();
  const asked = new Map<number, (answer: Answer) => void>();
  let asks = 0;
  let toldAt = 0;
  const send = (message: ToShelf) => worker.postMessage(message);
  worker.addEventListener('message', ({ data: { ask, count, ids } }: MessageEvent<FromShelf>) => {
    asked.get(ask)?.({ count, ids });
    asked.delete(ask);
  });
  worker.addEventListener('error', () => tell({ hasFailed: true }));
  const fill = createFilling({
    reader,
    client,
    beside,
    shelf: portTo(send),
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
    onProgress({ done, total }) {
      const now = performance.now();
      if (done < total && now - toldAt < TELL_MS) return;
      toldAt = now;
      // More than a piece of it is new: what is on it is not all for a while.
      tell({ done, total, ...(done < total && { isFull: false }) });
    },
  });
  return {
    ...told,
    catchUp: () =>
      fill().then(
        () => tell({ isFull: true, hasFailed: false }),
        () => tell({ hasFailed: true }),
      ),
    find: (question, limit) =>
      new Promise((resolve) => {
        asks += 1;
        asked.set(asks, resolve);
        send({ do: 'find', ask: asks, question, limit });
      }),
  };
}

function portTo(send: (message: ToShelf) => void): Pick<Shelf, 'put' | 'remove' | 'clear'> {
  return {
    put: (leaves) => send({ do: 'put', leaves }),
    remove: (ids) => send({ do: 'remove', ids }),
    clear: () => send({ do: 'clear' }),
  };
}

function toldState() {
  const listeners = new Set<() => void>();
  let state = EMPTY;
  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(change: Partial<ShelfState>) {
      state = { ...state, ...change, changes: state.changes + 1 };
      for (const listener of listeners) listener();
    },
  };
}
