// The client list by keys: j and k or the arrows from row to row, Home and End, / to search.

import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { isElsewhere } from '../../../ui/single-keys.ts';
import type { LongListHandle } from './long-list.tsx';

export interface ListKeys {
  list: RefObject<LongListHandle | null>;
  search: RefObject<HTMLElement | null>;
  count: number;
  /** Single letters; the arrows work without them too, where the focus is in the list. */
  on: boolean;
  /** More keys, of the row that has the focus or null. */
  press?: ((key: string, at: number | null) => boolean) | undefined;
}

export function useListKeys({ list, search, count, on, press }: ListKeys): void {
  /** Where the focus was last: it goes on from there also where that row has been scrolled out of sight. */
  const last = useRef(-1);
  useEffect(() => {
    const goTo = (at: number) => {
      last.current = Math.max(0, Math.min(count - 1, at));
      list.current?.focus(last.current);
      return true;
    };
    const down = (event: KeyboardEvent) => {
      if (isElsewhere(event) || count === 0) return;
      const row = document.activeElement?.closest<HTMLElement>('[data-row]');
      if (row) last.current = Number(row.dataset['row']);
      if (pressed(event, { on, isInside: Boolean(row), at: last.current })) event.preventDefault();
    };
    const pressed = ({ key }: KeyboardEvent, { on: letters, isInside, at }: Pressed): boolean => {
      if ((letters && key === 'j') || (isInside && key === 'ArrowDown')) return goTo(at + 1);
      if ((letters && key === 'k') || (isInside && key === 'ArrowUp')) return goTo(at - 1);
      if (isInside && key === 'Home') return goTo(0);
      if (isInside && key === 'End') return goTo(count - 1);
      if (letters && key === '/') return focusOn(search.current);
      return press?.(key, isInside ? at : null) ?? false;
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  });
}

interface Pressed {
  readonly on: boolean;
  readonly isInside: boolean;
  readonly at: number;
}

function focusOn(search: HTMLElement | null): boolean {
  search?.querySelector('input')?.focus();
  return search !== null;
}
