// Who is there in each document. What a connection says of itself is passed on as the guard made it, here and to other nodes; what it
// says of others is not. Nothing of it is kept.

import { base64urlToBytes, bytesToBase64url } from '../../src/base/base64url.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { FarPresence } from './far-presence.ts';
import { goneOf, judgeAwareness, saidIn, saidMessage } from './guard/awareness.ts';
import type { AwarenessVerdict, Held, Said } from './guard/awareness.ts';
import { atMostEvery } from './shared.ts';

/** What nodes tell each other: who is there (or has gone), and that somebody would know. */
export type PresenceNews =
  | {
      readonly t: 'here';
      readonly document: string;
      readonly session: string;
      readonly message: string;
    }
  | { readonly t: 'who'; readonly document: string };

/** Cursors move faster than other nodes have to hear of. */
const FAR_EVERY_MS = 100;

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
  /** Has other nodes hear what is true then. */
  tellFar: () => void = () => undefined;
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
  readonly #far = new FarPresence((key, said) => this.#tellAll(key, said));
  readonly #tellNodes: (news: PresenceNews) => void;

  /** `tellNodes` has all other nodes `hear`. */
  constructor(tellNodes: (news: PresenceNews) => void = () => undefined) {
    this.#tellNodes = tellNodes;
  }

  /** Adds him and tells him of the others. */
  join(key: string, one: Present): void {
    const group = this.#groups.get(key) ?? new Set();
    const isFirst = group.size === 0;
    this.#groups.set(key, group.add(one));
    one.tellFar = atMostEvery(FAR_EVERY_MS, () => this.#tellOf(key, one));
    this.tell(key, one);
    // Of what was told while nobody was here nothing is known.
    if (isFirst) this.#tellNodes({ t: 'who', document: key });
  }

  /** Tells him of the others once more. */
  tell(key: string, one: Present): void {
    for (const other of this.#groups.get(key) ?? []) {
      if (other !== one && other.last !== null && other.held?.isThere === true) one.hear(other.last);
    }
    for (const { said } of this.#far.of(key)) one.hear(said);
  }

  /** Judges what he says of himself and passes it on. */
  say(key: string, one: Present, message: Uint8Array): AwarenessVerdict {
    const others = [...(this.#groups.get(key) ?? [])].filter((other) => other !== one);
    const { held, who } = one;
    const holder = (clientId: number) => others.find((other) => other.held?.clientId === clientId);
    // A line that died without a word still holds the id of who has come back.
    const isTaken = (clientId: number) =>
      (holder(clientId)?.who ?? this.#far.holder(key, clientId) ?? who).session !== who.session;
    const verdict = judgeAwareness({ message, held, identity: who.identity, isTaken });
    if (verdict.kind !== 'passed') return verdict;
    const before = holder(verdict.held.clientId);
    if (before !== undefined) [before.held, before.last] = [null, null];
    this.#far.forget(key, verdict.held.clientId);
    [one.held, one.last] = [verdict.held, verdict.said];
    for (const other of others) other.hear(verdict.said);
    one.tellFar();
    return verdict;
  }

  /** Takes him away and tells the others that he has gone. */
  leave(key: string, one: Present): void {
    const group = this.#groups.get(key);
    if (group?.delete(one) !== true) return;
    if (group.size === 0) {
      this.#groups.delete(key);
      this.#far.forgetAll(key);
    }
    if (one.held?.isThere !== true) return;
    const gone = goneOf(one.held);
    for (const other of group) other.hear(gone);
    this.#tellNodes(newsOf(key, one, gone));
  }

  /** Takes in what another node tells. What cannot be read says nothing. */
  hear(news: PresenceNews): void {
    const { document: key } = news;
    const group = this.#groups.get(key);
    if (group === undefined) return;
    if (news.t === 'who') return this.#tellOfAll(key, group);
    const { session } = news;
    // It was judged where it came from.
    const said = saidIn(base64urlToBytes(news.message) ?? new Uint8Array());
    if (said === null) return;
    const held = { clientId: said.clientId, clock: said.clock, isThere: said.state !== null };
    const own = [...group].find((one) => one.held?.clientId === held.clientId);
    // He has come back by that node, his line here has not ended yet. Of two who are not the same each node has its own.
    if (own !== undefined && (own.who.session !== session || !held.isThere)) return;
    if (own !== undefined) [own.held, own.last] = [null, null];
    if (this.#far.take(key, { session, held, said })) this.#tellAll(key, said, own);
  }

  /** Tells other nodes of all who are here: they forget who is not told of. */
  tellFar(): void {
    for (const [key, group] of this.#groups) this.#tellOfAll(key, group);
  }

  #tellOfAll(key: string, group: ReadonlySet<Present>): void {
    for (const one of group) this.#tellOf(key, one);
  }

  #tellOf(key: string, one: Present): void {
    const isHere = this.#groups.get(key)?.has(one) === true;
    if (isHere && one.held !== null && one.last !== null) this.#tellNodes(newsOf(key, one, one.last));
  }

  #tellAll(key: string, said: Said, but?: Present): void {
    for (const one of this.#groups.get(key) ?? []) if (one !== but) one.hear(said);
  }
}

function newsOf(document: string, { who }: Present, said: Said): PresenceNews {
  const message = bytesToBase64url(saidMessage(said));
  return { t: 'here', document, session: who.session, message };
}
