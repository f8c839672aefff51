// The inbox by single keys. They can be switched off, as speech and shaky hands press them by accident (WCAG 2.1.4).

import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

const STORED = 'interlude.inbox-keys';
export const INBOX_KEYS = ['j', 'k', 'e', 'r', 'enter', 'help'] as const;

export interface InboxActs {
  seen(entry: string): void;
  reply(entry: string): void;
  help(): void;
}

/** Whether single keys are used; kept on this device. */
export function useKeysChoice(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(STORED) !== 'off');
  return [
    on,
    (next) => {
      localStorage.setItem(STORED, next ? 'on' : 'off');
      setOn(next);
    },
  ];
}

/** Listens while the inbox is shown. Entries are the elements with `data-entry` in `list`, in the order of the screen. */
export function useInboxKeys(list: RefObject<HTMLElement | null>, { on, acts }: { on: boolean; acts: InboxActs }) {
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event) || list.current === null) return;
      if (pressed(event, list.current, acts)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}

/** Typing, a shortcut of the browser, or an open dialog. */
function isElsewhere({ target, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  const types = target.closest('textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])');
  return types !== null || document.querySelector('dialog[open]') !== null;
}

function pressed(event: KeyboardEvent, list: HTMLElement, acts: InboxActs): boolean {
  const items = [...list.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const here = items[at];
  const entry = here?.dataset['entry'];
  switch (keyOf(event)) {
    case 'j':
      return focusOn(items[at + 1] ?? here);
    case 'k':
      return focusOn(items[Math.max(0, at - 1)]);
    case '?':
      acts.help();
      return true;
    case 'e':
      if (entry !== undefined) acts.seen(entry);
      return entry !== undefined;
    case 'r':
      if (entry !== undefined) acts.reply(entry);
      return entry !== undefined;
    case 'Enter':
      // On a button or link of the item, Enter is that control's own.
      if (here === undefined || event.target !== here) return false;
      here.querySelector('a')?.click();
      return true;
    default:
      return false;
  }
}

const KEY_BY_CODE: Readonly<Record<string, string>> = { KeyJ: 'j', KeyK: 'k', KeyE: 'e', KeyR: 'r' };

/** On a keyboard of another script the key's place counts. */
const keyOf = ({ key, code }: KeyboardEvent): string => (/^\P{ASCII}$/u.test(key) ? (KEY_BY_CODE[code] ?? key) : key);

function focusOn(item: HTMLElement | undefined): boolean {
  item?.focus();
  item?.scrollIntoView({ block: 'nearest' });
  return item !== undefined;
}
