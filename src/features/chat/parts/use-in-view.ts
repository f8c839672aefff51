// Which messages are before the reader's eyes: half of one or its end, on a page that is looked at. Told some at a time.

import { useEffect } from 'react';
import type { RefObject } from 'react';

const TELL_AFTER_MS = 300;
/** What the bar at the bottom of a phone covers. */
const MARGIN = '0px 0px -64px 0px';

/** Watches the elements with `data-message` under `root`; `keys` is what stands there, undefined while nothing counts yet. */
export function useInView(
  root: RefObject<HTMLElement | null>,
  keys: string | undefined,
  onSeen: (keys: readonly string[]) => void,
): void {
  useEffect(() => {
    if (keys === undefined) return undefined;
    const inView = new Set<Element>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      if (document.visibilityState !== 'visible' || inView.size === 0) return;
      onSeen([...inView].flatMap((element) => keysOn(element)));
    };
    const tellSoon = () => void (timer ??= setTimeout(tell, TELL_AFTER_MS));
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) inView[isBeforeEyes(entry) ? 'add' : 'delete'](entry.target);
        tellSoon();
      },
      { threshold: [0, 0.5, 1], rootMargin: MARGIN },
    );
    for (const element of root.current?.querySelectorAll('[data-message]') ?? []) observer.observe(element);
    document.addEventListener('visibilitychange', tellSoon);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tellSoon);
    };
  }, [root, keys, onSeen]);
}

function isBeforeEyes({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  boundingClientRect,
}: IntersectionObserverEntry) {
  return isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.bottom >= boundingClientRect.bottom - 1);
}

/** The wordings that an element shows. */
export function keysOn(element: Element): string[] {
  return (element as HTMLElement).dataset['message']?.split('\n') ?? [];
}
