import { useEffect, useRef } from 'react';
import type { JournalMedium } from '../../schema.ts';

/** The media of a form, as they are at any moment: what is added while the form goes on changing is added to what it is then. */
export interface MediaList {
  readonly shown: readonly JournalMedium[];
  now(): readonly JournalMedium[];
  change(next: readonly JournalMedium[]): void;
}

export function useMediaList(
  value: readonly JournalMedium[] | undefined,
  onChange: (value: JournalMedium[] | undefined) => void,
): MediaList {
  const shown = value ?? NONE;
  const latest = useRef({ list: shown, onChange });
  useEffect(() => {
    latest.current = { list: shown, onChange };
  });
  return {
    shown,
    now: () => latest.current.list,
    change(list) {
      latest.current = { ...latest.current, list };
      latest.current.onChange(list.length > 0 ? [...list] : undefined);
    },
  };
}

const NONE: readonly JournalMedium[] = [];
