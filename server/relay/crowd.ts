// How many sockets there may be on one node: of all people, of one person, from one address, and of those of whom nobody knows yet
// whose they are.
// Who has too many loses the oldest: a line that died without a word would else keep out the one that comes in its stead.

export const MOST_SOCKETS = 10_000;
export const MOST_UNKNOWN = 200;
export const MOST_OF_ONE = 20;
/** A whole practice may come from one address. Strangers from there take no more than a part of the room for strangers. */
export const MOST_OF_ADDRESS = 1000;
export const MOST_UNKNOWN_OF_ADDRESS = 50;

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
  readonly #byAddress = new Map<string, { all: number; unknown: number }>();

  get size(): number {
    return this.#unknown + this.#known;
  }

  /** Null where there is no room. `address` is null where it says nothing of who comes. */
  enter(address: string | null = null): Place | null {
    if (this.size >= MOST_SOCKETS || this.#unknown >= MOST_UNKNOWN) return null;
    const from = address === null ? null : (this.#byAddress.get(address) ?? { all: 0, unknown: 0 });
    if (from !== null && (from.all >= MOST_OF_ADDRESS || from.unknown >= MOST_UNKNOWN_OF_ADDRESS)) return null;
    if (from !== null && address !== null) this.#byAddress.set(address, from);
    const count = (all: number, unknown: number) => {
      this.#unknown += unknown;
      if (from === null || address === null) return;
      from.all += all;
      from.unknown += unknown;
      if (from.all === 0) this.#byAddress.delete(address);
    };
    count(1, 1);
    let leaves = (): void => count(-1, -1);
    return {
      known: (userId, leave) => {
        const free = this.#add(userId, leave);
        count(0, -1);
        leaves = () => {
          free();
          count(-1, 0);
        };
      },
      free: () => {
        const end = leaves;
        leaves = () => undefined;
        end();
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
