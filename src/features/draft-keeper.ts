// Keeps what is being typed: the first of it at once, then at most a moment after each keystroke, all of it when the page goes or is
// locked, in order, and never again once it was saved.

import type { JsonObject } from '../base/json.ts';

const KEEP_AFTER_MS = 400;

export interface DraftKeeper {
  readonly id: string;
  /** What the draft is now; null when nothing is left of it. */
  keep(content: JsonObject | null): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** Writes what waits and stops writing, while an act makes the draft good. */
  hold(): Promise<void>;
  /** The act did not happen: goes on keeping. */
  resume(): void;
  /** The act happened, and took the draft away: what waits is of no use any more. */
  drop(): void;
}

/** The keepers of the forms that stand on this page. */
export const keepersHere = new Set<DraftKeeper>();

export function createDraftKeeper(
  id: string,
  store: {
    put: (content: JsonObject | null) => Promise<void>;
    onState: (state: 'kept' | 'failed', error?: unknown) => void;
  },
): DraftKeeper {
  let waiting: { content: JsonObject | null } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;
  let written = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const next = waiting;
    if (next === undefined || held) return written;
    waiting = undefined;
    written = written
      .then(() => store.put(next.content))
      .then(
        () => store.onState('kept'),
        (error: unknown) => store.onState('failed', error),
      );
    return written;
  }

  return {
    id,
    flush,
    keep(content) {
      waiting = { content };
      if (held || timer !== undefined) return;
      void flush();
      timer = setTimeout(() => void flush(), KEEP_AFTER_MS);
    },
    async hold() {
      const done = flush();
      held = true;
      await done;
    },
    resume() {
      held = false;
      void flush();
    },
    drop() {
      waiting = undefined;
      held = false;
    },
  };
}
