import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Puts the focus on an element when it appears, so that readers and keys start where the screen has changed. */
export function useFocusHere<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    element.current?.focus();
  }, []);
  return element;
}
