// One at a time, by key, in the order of asking. For work that would wait for one lock in the database anyway: who waits here
// holds no connection meanwhile, so that a slow practice does not take them all from the others.

/** Somebody's turn did not come in time. Nothing was done. */
export class TurnLateError extends Error {
  override readonly name = 'TurnLateError';
}

export class Turns {
  readonly #patienceMs: number;
  readonly #lasts = new Map<string, Promise<unknown>>();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Runs `work` when what was asked for before it under this key has ended, well or not. Throws TurnLateError. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lasts.get(key) ?? Promise.resolve();
    const mine = this.#inTime(before).then(work);
    // Who gave up leaves the queue as it was: the next still waits for those before.
    const last = Promise.allSettled([before, mine]);
    this.#lasts.set(key, last);
    try {
      return await mine;
    } finally {
      void last.then(() => this.#lasts.get(key) === last && this.#lasts.delete(key));
    }
  }

  async #inTime(before: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TurnLateError('a turn did not come')), this.#patienceMs);
    });
    try {
      await Promise.race([before, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
