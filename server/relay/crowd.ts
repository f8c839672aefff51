// How many sockets there may be on one node: of all people, of one person, and of those of whom nobody knows yet whose they are.
// Who has too many loses the oldest: a line that died without a word would else keep out the one that comes in its stead.

export const MOST_SOCKETS = 10_000;
export const MOST_UNKNOWN = 200;
export const MOST_OF_ONE = 20;

/** A place in the crowd, from the knock on. */
export interface Place {
  /** Whose it is; `leave` is how it is sent away for a newer one of his. */
  known(userId: string, leave: () => void): void;
  /** The connection has ended or been turned away. Safe to say twice. */
  free(): void;
}

export class Crowd {
  #unknown = 0;
  #known = 0;
  readonly #byUser = new Map<string, Set<() => void>>();

  get size(): number {
    return this.#unknown + this.#known;
  }

  /** Null where there is no room. */
  enter(): Place | null {
    if (this.size >= MOST_SOCKETS || this.#unknown >= MOST_UNKNOWN) return null;
    this.#unknown += 1;
    let leaves = (): void => void (this.#unknown -= 1);
    return {
      known: (userId, leave) => {
        const free = this.#add(userId, leave);
        leaves();
        leaves = free;
      },
      free: () => {
        leaves();
        leaves = () => undefined;
      },
    };
  }

  #add(userId: string, leave: () => void): () => void {
    const own = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, own);
    const [oldest] = own;
    if (oldest !== undefined && own.size >= MOST_OF_ONE) oldest();
    own.add(leave);
    this.#known += 1;
    return () => {
      if (!own.delete(leave)) return;
      this.#known -= 1;
      if (own.size === 0 && this.#byUser.get(userId) === own) this.#byUser.delete(userId);
    };
  }
}
