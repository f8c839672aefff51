// One request at a time for each upload. A later one ends the one before: it comes from the same sender, who has given that one
// up, perhaps over a line of which nobody told the server that it is dead.

interface Work {
  readonly end: AbortController;
  readonly done: Promise<unknown>;
}

export class OneWriter {
  readonly #lasts = new Map<string, Work>();

  /** Does the work once what was asked for before it has ended; `signal` says that somebody else is waiting. */
  async alone<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#lasts.get(key);
    before?.end.abort();
    const end = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(() => work(end.signal));
    const mine = { end, done: done.catch(() => undefined) };
    this.#lasts.set(key, mine);
    try {
      return await done;
    } finally {
      if (this.#lasts.get(key) === mine) this.#lasts.delete(key);
    }
  }
}
