import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** After a try that could not go through, the focus goes to the first field that says why. `tries` counts them. */
export function useFaultFocus(tries: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return form;
}
