// Who else has a document open, and what each says of himself: told live, kept by nobody. Who somebody is, the server says. What this
// page says of itself it says again now and then, as stock peers expect, and of whom nothing was heard for long it thinks that he has gone.

import type { JsonObject } from '../../base/json.ts';
import type { Desk } from './mutate.ts';

/** Stock peers forget whom they have not heard of for half a minute. */
const AGAIN_MS = 15_000;
const SILENT_MS = 40_000;
const MOST_ID = 0xffff_ffff;

/** One other page that has the document open; a person may have several. */
export interface Peer {
  /** The person's sign-in. */
  readonly user: string;
  readonly state: JsonObject;
  /** When he said it last, on this device's clock in milliseconds. */
  readonly heardAt: number;
}

/** What a page says of itself; null says nothing. */
export interface SaidHere {
  readonly clientId: number;
  readonly clock: number;
  readonly state: JsonObject | null;
}

/** Who is there in one document, as a screen has it. */
export interface DocPresence {
  /** The others who have said something of themselves; the same array until that changes. */
  get(): readonly Peer[];
  subscribe(listener: () => void): () => void;
  /** Says something of this page, to whomever the server lets hear it; null takes it back. Where there is no line nobody hears it. */
  say(state: JsonObject | null): void;
}

/** The same, as the line has it. */
export class Presence implements DocPresence {
  #peers: ReadonlyMap<number, Peer> = new Map();
  #list: readonly Peer[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #clientId = crypto.getRandomValues(new Uint32Array(1))[0] ?? MOST_ID;
  #clock = 0;
  #state: JsonObject | null = null;
  #send: ((said: SaidHere) => void) | null = null;
  #beating: ReturnType<typeof setInterval> | undefined;

  get(): readonly Peer[] {
    return this.#list;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  say(state: JsonObject | null): void {
    if (state === null && this.#state === null) return;
    this.#state = state;
    this.#tell();
  }

  /** The document is joined: what is said goes out by `send`. */
  join(send: (said: SaidHere) => void): void {
    this.#send = send;
    if (this.#state !== null) this.#tell();
    clearInterval(this.#beating);
    this.#beating = setInterval(() => this.#beat(), AGAIN_MS);
  }

  /** It is left: nobody is known to be there. */
  leave(): void {
    this.#send = null;
    clearInterval(this.#beating);
    this.#become(new Map());
  }

  /** Takes in what another says. */
  hear({ clientId, user, state }: { clientId: number; user: string; state: JsonObject | null }): void {
    const peers = new Map(this.#peers);
    if (state === null) peers.delete(clientId);
    else peers.set(clientId, { user, state, heardAt: Date.now() });
    this.#become(peers);
  }

  #tell(): void {
    this.#clock += 1;
    this.#send?.({ clientId: this.#clientId, clock: this.#clock, state: this.#state });
  }

  #beat(): void {
    if (this.#state !== null) this.#tell();
    const now = Date.now();
    const there = [...this.#peers].filter(([, { heardAt }]) => now - heardAt < SILENT_MS);
    if (there.length < this.#peers.size) this.#become(new Map(there));
  }

  #become(peers: ReadonlyMap<number, Peer>): void {
    if (peers.size === 0 && this.#peers.size === 0) return;
    this.#peers = peers;
    this.#list = [...peers.values()];
    for (const listener of this.#listeners) listener();
  }
}

const byDesk = new WeakMap<object, Map<string, Presence>>();

/** Who is there in a document, for all on this page who ask. */
export function presenceIn({ store }: Pick<Desk, 'store'>, document: string): Presence {
  const here = byDesk.get(store) ?? new Map<string, Presence>();
  byDesk.set(store, here);
  const presence = here.get(document) ?? new Presence();
  here.set(document, presence);
  return presence;
}
