// Who is there in each document, on this node. What a connection says of itself is passed on as the guard made it; what it says
// of others is not. Nothing of it is kept.

import type { JsonObject } from '../../src/base/json.ts';
import { judgeAwareness, saidMessage } from './guard/awareness.ts';
import type { AwarenessVerdict, Held, Said } from './guard/awareness.ts';

export interface Who {
  readonly identity: JsonObject;
  readonly session: string;
  /** What he is told of what another says of himself; null for nothing. */
  sees(state: JsonObject): JsonObject | null;
}

export class Present {
  readonly who: Who;
  readonly send: (message: Uint8Array) => void;
  held: Held | null = null;
  last: Said | null = null;
  readonly #heardOf = new Set<number>();

  constructor(who: Who, send: (message: Uint8Array) => void) {
    [this.who, this.send] = [who, send];
  }

  /** Tells him what another says of himself, as much of it as is for him. Of whom he was told nothing he is not told either that he has gone. */
  hear({ state, ...said }: Said): void {
    const seen = state && this.who.sees(state);
    if (seen === null && !this.#heardOf.delete(said.clientId)) return;
    if (seen !== null) this.#heardOf.add(said.clientId);
    // The identity is the server's word, whatever was taken away beside it.
    this.send(saidMessage({ ...said, state: seen && { ...seen, user: state?.['user'] } }));
  }
}

export class Presence {
  readonly #groups = new Map<string, Set<Present>>();

  /** Adds him and tells him of the others. */
  join(key: string, one: Present): void {
    const group = this.#groups.get(key) ?? new Set();
    this.#groups.set(key, group.add(one));
    this.tell(key, one);
  }

  /** Tells him of the others once more. */
  tell(key: string, one: Present): void {
    for (const other of this.#groups.get(key) ?? []) {
      if (other !== one && other.last !== null && other.held?.isThere === true) one.hear(other.last);
    }
  }

  /** Judges what he says of himself and passes it on. */
  say(key: string, one: Present, message: Uint8Array): AwarenessVerdict {
    const others = [...(this.#groups.get(key) ?? [])].filter((other) => other !== one);
    const { held, who } = one;
    const holder = (clientId: number) => others.find((other) => other.held?.clientId === clientId);
    // A line that died without a word still holds the id of who has come back.
    const isTaken = (clientId: number) => (holder(clientId) ?? one).who.session !== who.session;
    const verdict = judgeAwareness({ message, held, identity: who.identity, isTaken });
    if (verdict.kind !== 'passed') return verdict;
    const before = holder(verdict.held.clientId);
    if (before !== undefined) [before.held, before.last] = [null, null];
    [one.held, one.last] = [verdict.held, verdict.said];
    for (const other of others) other.hear(verdict.said);
    return verdict;
  }

  /** Takes him away and tells the others that he has gone. */
  leave(key: string, one: Present): void {
    const group = this.#groups.get(key);
    if (group?.delete(one) !== true) return;
    if (group.size === 0) this.#groups.delete(key);
    if (one.held?.isThere !== true) return;
    const { clientId, clock } = one.held;
    for (const other of group) other.hear({ clientId, clock, state: null });
  }
}
