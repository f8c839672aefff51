import { useEffect, useState } from 'react';
import { shownWith } from '../doc-parts.ts';
import type { Shown } from '../doc-parts.ts';
import { keysOn } from './use-in-view.ts';
import { wordingKey } from './unread.ts';

interface Where {
  readonly joined: ReadonlyMap<number, readonly Shown[]>;
  /** All parts that are to be open are, and stand where the reader begins. */
  readonly isReady: boolean;
  readonly isMore: boolean;
  readonly earlier: () => void;
}

/** Brings a message before the reader and gives it the focus, opening earlier parts until it is there. `asked` is the first one. */
export function useJump(asked: string | undefined, where: Where) {
  const [target, setTarget] = useState(asked);
  const { joined, isReady, isMore, earlier } = where;
  const shown = target === undefined ? undefined : shownWith(joined, target);
  useEffect(() => {
    if (target === undefined || !isReady) return;
    const element = shown && elementOf(shown);
    if (element) {
      element.scrollIntoView({ block: 'center' });
      element.focus({ preventScroll: true });
      setTarget(undefined);
    } else if (shown === undefined && isMore) earlier();
    // `earlier` is made anew at each drawing; what it does follows from `joined`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target, shown, isReady, isMore, joined]);
  return { jumpTo: setTarget, isMissing: target !== undefined && isReady && shown === undefined && !isMore };
}

function elementOf({ item }: Shown): HTMLElement | undefined {
  const key = wordingKey({ ...item, ids: item.ids.slice(0, 1) });
  const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
  return all.find((element) => keysOn(element).includes(wordingKey(item)) || keysOn(element).includes(key));
}
