// A long read in pieces that outlives the screen which asked for it: who comes back to a long list finds it read, and true. It ends with
// the open membership, whose reader it is kept by; a lock loads the page anew.

import { liveInPieces } from './live-pieces.ts';
import type { Reader } from './reader.ts';
import type { Result } from './shared-read.ts';
import { StoreGone } from './store-troubles.ts';

/** Reads again whenever something changes; `tell` shows how far the first time has come. */
export type LongRead<T> = (reader: Reader, tell: (value: T) => void) => Promise<T>;

export interface KeptRead<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The newest answer; undefined until there is one. */
  readonly get: () => Result<T> | undefined;
}

type Make = () => LongRead<unknown>;

const kept = new WeakMap<Reader, Map<Make, KeptRead<unknown>>>();

/** One for each reader and `make`, which is asked once for what keeps in mind what was read: begun at its first use. */
export function keptRead<T>(reader: Reader, make: () => LongRead<T>): KeptRead<T> {
  const ofReader = kept.get(reader) ?? new Map<Make, KeptRead<unknown>>();
  kept.set(reader, ofReader);
  const found = (ofReader.get(make) as KeptRead<T> | undefined) ?? begin(reader, make());
  ofReader.set(make, found);
  return found;
}

function begin<T>(reader: Reader, read: LongRead<T>): KeptRead<T> {
  const listeners = new Set<() => void>();
  let result: Result<T> | undefined;
  let isBegun = false;
  const become = (next: Result<T>) => {
    result = next;
    for (const listener of listeners) listener();
  };
  /** What has failed reads no more. Who looks on is told; who comes after that has it begun anew. */
  const forget = () => {
    if (listeners.size > 0 || !result || !('error' in result)) return;
    result = undefined;
    isBegun = false;
  };
  const watching = {
    next: (value: T) => become({ value }),
    // Told as news of the store, as for every live read.
    error(error: unknown) {
      if (error instanceof StoreGone) isBegun = false;
      else become({ error });
      forget();
    },
  };
  return {
    get: () => result,
    subscribe(listener) {
      listeners.add(listener);
      if (!isBegun) {
        isBegun = true;
        liveInPieces(reader, (pieces) => read(pieces, watching.next), watching);
      }
      return () => {
        listeners.delete(listener);
        forget();
      };
    },
  };
}
