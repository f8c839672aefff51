// One live read for many readers of the same: it begins with the first of them and ends with the last.

import { live } from './live.ts';
import type { Reader } from './reader.ts';
import { StoreGone } from './store-troubles.ts';

export type Result<T> = { readonly value: T } | { readonly error: unknown };

export interface SharedRead<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The newest answer; undefined until there is one. */
  readonly get: () => Result<T> | undefined;
}

type Question = (reader: Reader) => Promise<unknown>;

const asked = new WeakMap<Reader, Map<Question, SharedRead<unknown>>>();

export function sharedRead<T>(reader: Reader, read: (reader: Reader) => Promise<T>): SharedRead<T> {
  const ofReader = asked.get(reader) ?? new Map<Question, SharedRead<unknown>>();
  asked.set(reader, ofReader);
  const found = (ofReader.get(read) as SharedRead<T> | undefined) ?? begin(reader, read);
  ofReader.set(read, found);
  return found;
}

function begin<T>(reader: Reader, read: (reader: Reader) => Promise<T>): SharedRead<T> {
  const listeners = new Set<() => void>();
  let result: Result<T> | undefined;
  let watching: { unsubscribe(): void } | undefined;
  const become = (next: Result<T>) => {
    result = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => result,
    subscribe(listener) {
      listeners.add(listener);
      watching ??= live(() => read(reader)).subscribe(
        (value) => become({ value }),
        // Told as news of the store, as for every live read.
        (error: unknown) => {
          if (!(error instanceof StoreGone)) become({ error });
        },
      );
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        watching?.unsubscribe();
        watching = undefined;
      };
    },
  };
}
