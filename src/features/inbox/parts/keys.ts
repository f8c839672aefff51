// The inbox by single keys.

import { useEffect } from 'react';
import type { RefObject } from 'react';
import { isElsewhere } from '../../../ui/single-keys.ts';
import { REACTIONS } from '../../journal/schema.ts';
import type { InboxVerb } from '../schema.ts';

export const INBOX_KEYS = ['j', 'k', 'e', 'r', 'n', 'f', 'z', 'd', 'u', 'enter', 'help'] as const;

const VERBS: Readonly<Record<string, InboxVerb>> = {
  e: 'seen',
  r: 'reply',
  n: 'noReply',
  f: 'flag',
  z: 'snooze',
  d: 'delegate',
  ...Object.fromEntries(REACTIONS.map((reaction, i) => [String(i + 1), reaction])),
};

export const verbOfKey = (key: string): InboxVerb | undefined => (Object.hasOwn(VERBS, key) ? VERBS[key] : undefined);

/** Is told of a key: with the row that has the focus where it is about one, `''` for `u` and `help`. */
export type Press = (key: string, entry: string) => void;

/** Listens while the inbox is shown. Rows are the elements with `data-entry` in `list`, in the order of the screen. */
export function useInboxKeys(list: RefObject<HTMLElement | null>, { on, press: tell }: { on: boolean; press: Press }) {
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event) || list.current === null) return;
      if (pressed(event, list.current, tell)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}

function pressed(event: KeyboardEvent, list: HTMLElement, tell: Press): boolean {
  const items = [...list.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const here = items[at];
  const entry = here?.dataset['entry'];
  const key = keyOf(event);
  // A key that is held moves on; what it does, it does once.
  if (event.repeat && key !== 'j' && key !== 'k') return false;
  switch (key) {
    case 'j':
      return focusOn(items[at + 1] ?? here);
    case 'k':
      return focusOn(items[Math.max(0, at - 1)]);
    case '?':
    case 'u':
      tell(key === '?' ? 'help' : key, '');
      return true;
    case 'Enter':
      // On a button or link of the item, Enter is that control's own.
      if (here === undefined || event.target !== here) return false;
      here.querySelector('a')?.click();
      return true;
    default:
      if (entry === undefined || verbOfKey(key) === undefined) return false;
      // What is pressed may go: the entry keeps the place.
      here?.focus();
      tell(key, entry);
      return true;
  }
}

const KEY_BY_CODE: Readonly<Record<string, string>> = {
  Slash: '?',
  ...Object.fromEntries(['j', 'k', 'e', 'r', 'n', 'f', 'z', 'd', 'u'].map((key) => [`Key${key.toUpperCase()}`, key])),
  ...Object.fromEntries(REACTIONS.map((_, i) => [`Digit${i + 1}`, String(i + 1)])),
};

/** On a keyboard of another script the key's place counts. */
const keyOf = ({ key, code }: KeyboardEvent): string => (/^\P{ASCII}$/u.test(key) ? (KEY_BY_CODE[code] ?? key) : key);

function focusOn(item: HTMLElement | undefined): boolean {
  item?.focus();
  item?.scrollIntoView({ block: 'nearest' });
  return item !== undefined;
}
