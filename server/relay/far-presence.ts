// Who is there in documents by other nodes, as those have told it. A node that has died tells nothing more: whoever it has told of is
// taken for gone when he was not told of for a while.

import { goneOf } from './guard/awareness.ts';
import type { Held, Said } from './guard/awareness.ts';

/** Nodes tell anew of all who are there with every sweep, which is more often than this. */
export const FAR_FOR_MS = 45_000;

export interface Far {
  readonly session: string;
  readonly held: Held;
  readonly said: Said;
}

interface Waiting extends Far {
  readonly gone: NodeJS.Timeout;
}

export class FarPresence {
  readonly #onGone: (key: string, said: Said) => void;
  readonly #groups = new Map<string, Map<number, Waiting>>();

  /** `onGone` hears what tells readers that somebody has gone of whom nobody has told for a while. */
  constructor(onGone: (key: string, said: Said) => void) {
    this.#onGone = onGone;
  }

  of(key: string): readonly Far[] {
    return [...(this.#groups.get(key)?.values() ?? [])];
  }

  /** Who speaks for a client id on another node. */
  holder(key: string, clientId: number): Far | undefined {
    return this.#groups.get(key)?.get(clientId);
  }

  /** Takes what is told; false where it is nothing new. */
  take(key: string, far: Far): boolean {
    const { clientId, clock, isThere } = far.held;
    const before = this.holder(key, clientId)?.held;
    if (before !== undefined && before.clock > clock) return false;
    if (before === undefined && !isThere) return false;
    const isNew = before === undefined || before.clock < clock || before.isThere !== isThere;
    this.forget(key, clientId);
    if (isThere) this.#keep(key, far);
    return isNew;
  }

  /** Somebody speaks for it here. */
  forget(key: string, clientId: number): void {
    const group = this.#groups.get(key);
    clearTimeout(group?.get(clientId)?.gone);
    group?.delete(clientId);
    if (group?.size === 0) this.#groups.delete(key);
  }

  /** Nobody here has the document open any more. */
  forgetAll(key: string): void {
    for (const { held } of this.of(key)) this.forget(key, held.clientId);
  }

  #keep(key: string, far: Far): void {
    const group = this.#groups.get(key) ?? new Map<number, Waiting>();
    const gone = setTimeout(() => {
      this.forget(key, far.held.clientId);
      this.#onGone(key, goneOf(far.held));
    }, FAR_FOR_MS).unref();
    this.#groups.set(key, group.set(far.held.clientId, { ...far, gone }));
  }
}
