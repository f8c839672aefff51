// What screens of long lists use of sync besides `react.ts`. Apart from it, since no first screen of a client's phone has such a list.

import { useCallback, useSyncExternalStore } from 'react';
import type { DependencyList } from 'react';
import { keptRead } from './kept-read.ts';
import type { LongRead } from './kept-read.ts';
import { liveInPieces } from './live-pieces.ts';
import type { Watching } from './live-pieces.ts';
import { useWatched, useWorkspace } from './react.ts';
import type { Reader } from './reader.ts';
import type { Result } from './shared-read.ts';

/**
 * The result of a read of many questions, all of them asked of the reader itself, as `useLive` gives it: done again it asks only
 * that anew whose rows have changed.
 */
export function useLiveInPieces<T>(read: (reader: Reader) => Promise<T>, deps: DependencyList): T | undefined {
  const { reader } = useWorkspace();
  const stable = useCallback(read, deps);
  return useWatched(useCallback((watching: Watching<T>) => liveInPieces(reader, stable, watching), [reader, stable]));
}

/**
 * The same of a read that keeps in mind what it has read, for as long as the membership is open: for a list of which nobody wants to
 * wait a second time. `make` is a function of a module; null: not asked for now.
 */
export function useKeptInPieces<T>(make: (() => LongRead<T>) | null): T | undefined {
  const { reader } = useWorkspace();
  const { subscribe, get } = make === null ? NOTHING : keptRead(reader, make);
  const result = useSyncExternalStore(subscribe, get as () => Result<T> | undefined);
  if (result && 'error' in result) throw result.error;
  return result?.value;
}

const NOTHING = { subscribe: () => () => undefined, get: () => undefined };
