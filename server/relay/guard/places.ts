// Where the new structs come to stand. An item with an origin does not say in which root it is: its origin does, and so on back to the
// server's copy. Structs of an update are grouped by client, not in causal order: `judged` goes to what an item stands on first, with a
// list of its own, not by recursion (5,000 messages written offline are one chain).

import * as Y from 'yjs';
import { rootRule } from '../../../src/sync/core/doc-kind.ts';
import { MOST_RUN } from './limits.ts';
import { Refused } from './refused.ts';
import { KIND, Struct } from './struct.ts';
import type { Container, ContainerType, Id } from './struct.ts';
import { indexOf } from './trim.ts';
import type { News } from './trim.ts';
import type { Ask } from './verdict.ts';

type Found = Struct | Y.Item | Y.GC;

export class Places {
  readonly ask: Ask;
  readonly news: News;
  readonly #roots = new Map<string, Container>();
  readonly #types = new Map<ContainerType, Container>();
  #gone: Container | null = null;

  constructor(ask: Ask, news: News) {
    this.ask = ask;
    this.news = news;
  }

  /** Gives each new struct its place and then to `judge`, each after all it stands on. */
  judged(judge: (struct: Struct) => void): void {
    for (const section of this.news.structs.values()) {
      for (const struct of section) if (struct.state === 0) this.#judgeFrom(struct, judge);
    }
  }

  #judgeFrom(first: Struct, judge: (struct: Struct) => void): void {
    const waiting = [first];
    for (let struct = waiting.at(-1); struct !== undefined; struct = waiting.at(-1)) {
      const needed = struct.state === 2 ? null : this.#neededBy(struct);
      if (needed !== null) {
        struct.state = 1;
        // It stands on what stands on it: no document could take it in.
        if (needed.state === 1) throw new Refused('gap');
        waiting.push(needed);
        continue;
      }
      waiting.pop();
      if (struct.state === 2) continue;
      this.#settle(struct);
      judge(struct);
      struct.state = 2;
    }
  }

  /** Something new that has to be judged before it. */
  #neededBy(struct: Struct): Struct | null {
    if (struct.before !== null && struct.before.state !== 2) return struct.before;
    return (
      this.#unjudged(struct, struct.origin) ??
      this.#unjudged(struct, struct.rightOrigin) ??
      this.#unjudged(struct, struct.parentId)
    );
  }

  #unjudged(struct: Struct, id: Id | null): Struct | null {
    if (id === null) return null;
    if (id.client === struct.client) {
      // Yjs asks no further where the client is the same, and fails.
      if (id.clock >= struct.clock) throw new Refused('unreadable');
      // What comes before it is judged already.
      return null;
    }
    const found = this.#newAt(id);
    return found === null || found.state === 2 ? null : found;
  }

  #newAt(id: Id): Struct | null {
    const section = this.news.structs.get(id.client);
    const first = section?.[0];
    if (section === undefined || first === undefined || id.clock < first.clock) return null;
    const found = section[indexOf(section, id.clock)];
    if (found === undefined || found.clock + found.length <= id.clock) throw new Refused('gap');
    return found;
  }

  #find(struct: Struct, id: Id): Found {
    const { before } = struct;
    // Nearly all of what is written stands on what the same person wrote just before.
    if (before !== null && id.client === before.client && id.clock >= before.clock) return before;
    const found = this.#newAt(id);
    if (found !== null) return found;
    if (id.clock >= Y.getState(this.ask.doc.store, id.client)) throw new Refused('gap');
    return Y.getItem(this.ask.doc.store, Y.createID(id.client, id.clock));
  }

  #settle(struct: Struct): void {
    const { origin: left, before } = struct;
    const isNext = left !== null && left.client === struct.client && left.clock === struct.clock - 1;
    struct.runFrom = isNext ? (before?.runFrom ?? this.#runFrom(struct, left)) : struct.clock;
    if (struct.kind === KIND.gone) {
      struct.container = this.gone();
      return;
    }
    const { origin, rightOrigin } = struct;
    if (origin !== null) this.#takeOver(struct, this.#find(struct, origin));
    if (rightOrigin !== null) this.#takeOver(struct, this.#find(struct, rightOrigin));
    if (struct.container === null) struct.container = this.#named(struct);
    this.#checkOrder(struct);
  }

  /**
   * An item that is to stand behind and before the same run: Yjs cuts the run for the right neighbour after it has taken its end for the
   * left one, and then the item stands here in copies that have joined the run, there in those that have not.
   */
  #checkOrder(struct: Struct): void {
    const { origin, rightOrigin } = struct;
    if (origin === null || rightOrigin === null || origin.client !== rightOrigin.client) return;
    if (rightOrigin.clock > origin.clock || rightOrigin.clock < this.#runFrom(struct, origin)) return;
    throw new Refused('not-allowed', struct.container?.root);
  }

  #runFrom(struct: Struct, id: Id): number {
    let found = this.#find(struct, id);
    let from = id.clock;
    for (let steps = 0; found instanceof Y.Item && steps < MOST_RUN; steps += 1) {
      const { origin, id: start } = found;
      from = start.clock;
      if (origin?.client !== start.client || origin.clock !== start.clock - 1) break;
      found = this.#find(struct, origin);
    }
    // What was collected is in no list.
    return found instanceof Struct ? found.runFrom : from;
  }

  /** Its place is its neighbour's; two neighbours have one place, unless that is lost. */
  #takeOver(struct: Struct, neighbour: Found): void {
    const container = this.of(neighbour);
    const key = neighbour instanceof Y.GC ? null : 'key' in neighbour ? neighbour.key : neighbour.parentSub;
    if (struct.container === null) [struct.container, struct.key] = [container, key];
    else if (struct.container !== container || struct.key !== key) {
      const isText = [struct.container, container].every(({ rule }) => rule.rule === 'text');
      if (!isText || ![struct.container, container].includes(this.gone())) throw new Refused('not-allowed');
      struct.container = this.gone();
    }
  }

  #named(struct: Struct): Container {
    const { parentRoot, parentId } = struct;
    if (parentRoot !== null) return this.root(parentRoot);
    if (parentId === null) throw new Refused('unreadable');
    const parent = this.#find(struct, parentId);
    if (parent instanceof Y.GC) return this.gone();
    const outer = this.of(parent);
    if (outer.rule.rule !== 'text') throw new Refused('not-allowed', outer.root);
    if (!(parent instanceof Y.Item)) {
      if (parent.kind === KIND.gone || parent.kind === KIND.deleted) return this.gone();
      if (parent.inner === null) throw new Refused('not-allowed', outer.root);
      return parent.inner;
    }
    if (parent.content instanceof Y.ContentType) return this.#ofType(parent.content.type);
    // Somebody deleted what it is written into: it is stale, not hostile.
    if (parent.deleted) return this.gone();
    throw new Refused('not-allowed', outer.root);
  }

  /** What something stands in. */
  of(found: Found): Container {
    if (found instanceof Y.GC) return this.gone();
    if (!(found instanceof Y.Item)) return found.container ?? this.gone();
    return found.parent instanceof Y.AbstractType ? this.#ofType(found.parent) : this.gone();
  }

  /** Below a root that is text, where nobody can tell any more: whoever may write text there may leave such behind. */
  gone(): Container {
    if (this.#gone !== null) return this.#gone;
    const { kind, writer } = this.ask;
    const name = Object.keys(kind.roots).find((key) => kind.roots[key]?.rule === 'text' && writer.mayWrite(key));
    if (name === undefined) throw new Refused('not-allowed');
    this.#gone = { ...this.root(name), node: '#gone' };
    return this.#gone;
  }

  /** A root by its name; what is not declared may not exist. */
  root(name: string): Container {
    const known = this.#roots.get(name);
    if (known !== undefined) return known;
    const found = rootRule(this.ask.kind, name);
    if (found === null) throw new Refused('not-allowed');
    const may = this.ask.writer.mayWrite(name);
    const container: Container = {
      ...found,
      root: name,
      may,
      node: null,
      depth: 0,
      type: this.ask.doc.share.get(name) ?? null,
    };
    this.#roots.set(name, container);
    return container;
  }

  #ofType(type: ContainerType): Container {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const container = type._item === null ? this.root(this.#nameOf(type)) : this.#ofNode(type, type._item);
    this.#types.set(type, container);
    return container;
  }

  /** A node of the server's copy: its way up is no longer than the rule's depth, because each was judged when it came. */
  #ofNode(type: ContainerType, item: Y.Item): Container {
    const node = type instanceof Y.XmlElement ? type.nodeName : '#text';
    const outer = this.of(item);
    return outer === this.#gone ? outer : { ...outer, node, depth: outer.depth + 1, type };
  }

  #nameOf(type: ContainerType): string {
    for (const [name, root] of this.ask.doc.share) if (root === type) return name;
    throw new Refused('not-allowed');
  }
}
