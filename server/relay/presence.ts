// Who is there in each document, on this node. What a connection says of itself is passed on as the guard made it; what it says
// of others is not. Nothing of it is kept.

import type { JsonObject } from '../../src/base/json.ts';
import { goneMessage, judgeAwareness } from './guard/awareness.ts';
import type { AwarenessVerdict, Held } from './guard/awareness.ts';

export class Present {
  readonly identity: JsonObject;
  readonly session: string;
  readonly send: (message: Uint8Array) => void;
  held: Held | null = null;
  last: Uint8Array | null = null;

  constructor(who: { identity: JsonObject; session: string }, send: (message: Uint8Array) => void) {
    [this.identity, this.session, this.send] = [who.identity, who.session, send];
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
      if (other !== one && other.last !== null && other.held?.isThere === true) one.send(other.last);
    }
  }

  /** Judges what he says of himself and passes it on. */
  say(key: string, one: Present, message: Uint8Array): AwarenessVerdict {
    const others = [...(this.#groups.get(key) ?? [])].filter((other) => other !== one);
    const { held, identity } = one;
    const holder = (clientId: number) => others.find((other) => other.held?.clientId === clientId);
    // A line that died without a word still holds the id of who has come back.
    const isTaken = (clientId: number) => (holder(clientId) ?? one).session !== one.session;
    const verdict = judgeAwareness({ message, held, identity, isTaken });
    if (verdict.kind !== 'passed') return verdict;
    const before = holder(verdict.held.clientId);
    if (before !== undefined) [before.held, before.last] = [null, null];
    [one.held, one.last] = [verdict.held, verdict.message];
    for (const other of others) other.send(verdict.message);
    return verdict;
  }

  /** Takes him away and tells the others that he has gone. */
  leave(key: string, one: Present): void {
    const group = this.#groups.get(key);
    if (group?.delete(one) !== true) return;
    if (group.size === 0) this.#groups.delete(key);
    if (one.held?.isThere !== true) return;
    const gone = goneMessage(one.held);
    for (const other of group) other.send(gone);
  }
}
