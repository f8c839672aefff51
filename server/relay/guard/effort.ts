// What putting new items in their places will cost Yjs, counted before it is applied. Yjs walks from an item's left neighbour to its
// right one over all that others have put between; in an honest copy the two lay side by side. Without a limit two client ids make a
// few hundred kilobytes cost seconds.

import * as Y from 'yjs';
import { MOST_ASIDE, MOST_STEPS } from './limits.ts';
import { Refused } from './refused.ts';
import type { Container, Id, Struct } from './struct.ts';

interface Place {
  /** How many new items it has got. */
  items: number;
  /** The clock of each client's last new item, by key. */
  readonly last: Map<string, number>;
  /** How many new values of a key do not follow the writer's own last one. */
  readonly aside: Map<string, number>;
  /** Between which neighbours something new was put. */
  readonly gaps: Set<string>;
}

export class Effort {
  readonly #store: Y.Doc['store'];
  readonly #places = new Map<Container, Place>();
  #steps = 0;
  #joined = 0;

  constructor({ store }: Y.Doc) {
    this.#store = store;
  }

  /** Counts one new item; refuses it where the update becomes too dear. */
  count(struct: Struct, container: Container): void {
    let place = this.#places.get(container);
    if (place === undefined) {
      place = { items: 0, last: new Map(), aside: new Map(), gaps: new Set() };
      this.#places.set(container, place);
    }
    const { client, clock, length, origin, key } = struct;
    const writer = key === null ? `${client}` : `${client} ${key}`;
    const last = place.last.get(writer);
    place.last.set(writer, clock + length - 1);
    const follows = origin !== null && origin.client === client && origin.clock === last;
    if (!follows && key !== null) this.#countAside(key, place);
    else if (!follows) this.#walk(struct, container, place);
    place.items += 1;
  }

  /** Yjs joins lists that follow one another, and copies all that it has joined each time; honest copies have joined theirs. */
  countJoining({ before, client, clock, length, origin }: Struct): void {
    const isNext = before !== null && origin?.client === client && origin.clock === clock - 1;
    this.#joined = isNext ? this.#joined + length : 0;
    this.#add(this.#joined);
  }

  #countAside(key: string, { aside }: Place): void {
    const count = (aside.get(key) ?? 0) + 1;
    aside.set(key, count);
    if (count > MOST_ASIDE) throw new Refused('too-large');
  }

  #walk({ origin, rightOrigin }: Struct, { type }: Container, place: Place): void {
    const left = this.#known(origin);
    // Behind something new come new things only.
    if (origin !== null && left === null) return this.#add(place.items);
    const right = this.#known(rightOrigin);
    let steps = 0;
    let item = left === null ? (type?._start ?? null) : left.right;
    // Within one run: it is cut there, and they lie side by side.
    if (left !== null && left === right) item = null;
    for (; item !== null && item !== right && steps <= MOST_STEPS; item = item.right) steps += 1;
    const gap = `${origin?.client} ${origin?.clock} ${rightOrigin?.client} ${rightOrigin?.clock}`;
    this.#add(steps > 0 || place.gaps.has(gap) ? steps + place.items : 0);
    place.gaps.add(gap);
  }

  #known(id: Id | null): Y.Item | null {
    if (id === null || id.clock >= Y.getState(this.#store, id.client)) return null;
    const found = Y.getItem(this.#store, Y.createID(id.client, id.clock));
    return found instanceof Y.Item ? found : null;
  }

  #add(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS) throw new Refused('too-large');
  }
}
