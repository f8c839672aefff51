import { useEffect, useRef } from 'react';
import type { Medium } from '../../schema.ts';

/** The media of a form, as they are at any moment: what is added while the form goes on changing is added to what it is then. */
export interface MediaList {
  readonly shown: readonly Medium[];
  now(): readonly Medium[];
  change(next: readonly Medium[]): void;
}

export function useMediaList(
  value: readonly Medium[] | undefined,
  onChange: (value: Medium[] | undefined) => void,
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

const NONE: readonly Medium[] = [];
