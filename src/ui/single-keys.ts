// Lists by single keys. They can be switched off, as speech and shaky hands press them by accident (WCAG 2.1.4).

import { useState } from 'react';

const STORED = 'interlude.inbox-keys';

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

/** Typing, a shortcut of the browser, or an open dialog. */
export function isElsewhere({ target, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  const types = target.closest('textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])');
  return types !== null || document.querySelector('dialog[open]') !== null;
}
