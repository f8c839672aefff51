import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that is the same at every drawing and does what the newest one says: for parts that are not drawn again with it. */
export function useSteady<Args extends unknown[]>(does: (...args: Args) => void): (...args: Args) => void {
  const newest = useRef(does);
  useLayoutEffect(() => {
    newest.current = does;
  });
  return useCallback((...args: Args) => newest.current(...args), []);
}
