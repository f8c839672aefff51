// The look for what lies deeper than the inbox's window and still waits.

import type { Reader } from '../../../sync/client/reader.ts';
import { ENOUGH_WAITING, waitingBelow, waitingSince } from '../queries-inbox.ts';

export interface Look {
  /** Resolves when the look is over; a look that is under way looks once more. */
  ask: () => Promise<void>;
  stop: () => void;
}

/** Looks when it is asked, one look at a time; once all was looked through, only among what has come since. */
export function lookBelow(
  { reader, window }: { reader: Reader; window: number },
  onFound: (ids: readonly string[]) => void,
): Look {
  /** Up to which cursor all has been looked through; null while something may have been left out. */
  let through: number | null = null;
  const is = { looking: false, asked: false, stopped: false };
  const goOn = async () => {
    await idle();
    return !is.stopped;
  };
  async function once(): Promise<void> {
    const [cursor, isWhole, before] = [await reader.cursor(), await reader.isWhole(), through];
    const found = before === null ? await waitingBelow(reader, window, goOn) : await waitingSince(reader, before);
    if (is.stopped) return;
    through = isWhole && (before !== null || found.length < ENOUGH_WAITING) ? cursor : null;
    if (found.length > 0) onFound(found);
  }
  return {
    async ask() {
      is.asked = true;
      if (is.looking) return;
      is.looking = true;
      try {
        while (is.asked && !is.stopped) {
          is.asked = false;
          await once();
        }
      } finally {
        // Also where a read has failed: the next exchange asks again.
        is.looking = false;
      }
    },
    stop: () => void (is.stopped = true),
  };
}

/** Until the page has nothing better to do; Safari knows no idle time. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve);
  });
}
