// What screens of long lists use of sync besides `react.ts`. Apart from it, since no first screen of a client's phone has such a list.

import { useCallback } from 'react';
import type { DependencyList } from 'react';
import { liveInPieces } from './live-pieces.ts';
import type { Watching } from './live-pieces.ts';
import { useWatched, useWorkspace } from './react.ts';
import type { Reader } from './reader.ts';

/**
 * The result of a read of many questions, all of them asked of the reader itself, as `useLive` gives it: done again it asks only
 * that anew whose rows have changed.
 */
export function useLiveInPieces<T>(read: (reader: Reader) => Promise<T>, deps: DependencyList): T | undefined {
  const { reader } = useWorkspace();
  const stable = useCallback(read, deps);
  return useWatched(useCallback((watching: Watching<T>) => liveInPieces(reader, stable, watching), [reader, stable]));
}
