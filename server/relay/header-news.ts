// Header rows change with every message. Whoever reads their spaces is told at once, and then no more often than he can make use of:
// what changes meanwhile goes into the next word.

import type { Space } from '../../src/sync/core/record.ts';
import type { PracticeName } from './room.ts';
import { atMostEvery } from './shared.ts';

/** How long a changed header may wait to be told of, in milliseconds. What was said is on its way to who has the document open. */
export const HEADERS_EVERY_MS = 250;

interface Waiting {
  spaces: Set<Space>;
  readonly tell: () => void;
}

export class HeaderNews {
  readonly #tell: (practice: PracticeName, spaces: ReadonlySet<Space>) => void;
  readonly #everyMs: number;
  readonly #practices = new Map<string, Waiting>();

  /** `tell` may not throw. */
  constructor(tell: (practice: PracticeName, spaces: ReadonlySet<Space>) => void, everyMs = HEADERS_EVERY_MS) {
    [this.#tell, this.#everyMs] = [tell, everyMs];
  }

  /** Header rows have changed in these spaces. */
  add(practice: PracticeName, spaces: ReadonlySet<Space>): void {
    const waiting = this.#practices.get(practice.id) ?? this.#begin(practice);
    for (const space of spaces) waiting.spaces.add(space);
    waiting.tell();
  }

  #begin(practice: PracticeName): Waiting {
    const waiting: Waiting = {
      spaces: new Set(),
      tell: atMostEvery(this.#everyMs, () => {
        const { spaces } = waiting;
        waiting.spaces = new Set();
        this.#tell(practice, spaces);
      }),
    };
    this.#practices.set(practice.id, waiting);
    return waiting;
  }
}
