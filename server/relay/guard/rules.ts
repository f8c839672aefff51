// What may be written in each kind of root, item by item, and what may be deleted there. Policy is readable from where a struct
// stands; an item's author is who sends it.

import type { Appended, LogRoot, OwnRoot } from '../../../src/sync/core/doc-kind.ts';
import type { Json, JsonObject } from '../../../src/base/json.ts';
import { Effort } from './effort.ts';
import { MOST_GONE, MOST_ITEMS, MOST_KEY } from './limits.ts';
import type { Places } from './places.ts';
import { Refused } from './refused.ts';
import { KIND, Struct } from './struct.ts';
import type { Container } from './struct.ts';
import { judgeText } from './text-rule.ts';
import { isDeleted } from './trim.ts';
import type { Target } from './trim.ts';
import { eachValue } from './values.ts';

export class Rules {
  readonly appended: Appended[] = [];
  readonly #places: Places;
  readonly #effort: Effort;
  #gone = 0;
  readonly #newKeys = new Map<string, Set<string>>();

  constructor(places: Places) {
    this.#places = places;
    this.#effort = new Effort(places.ask.doc);
  }

  /** Judges one new struct whose place is known. */
  struct(struct: Struct): void {
    const { container } = struct;
    if (container === null) throw new Refused('unreadable');
    if (struct.kind === KIND.gone || struct.kind === KIND.deleted) this.#count(struct.length);
    const { rule, root, may } = container;
    const isForEach = rule.rule === 'log' && rule.mayItem !== undefined;
    if (rule.rule === 'server' || !(may || isForEach)) throw new Refused('not-allowed', root);
    if (container.node !== '#gone') this.#effort.count(struct, container);
    if (rule.rule === 'log') this.#log(struct, container, rule);
    else if (rule.rule === 'own') this.#own(struct, container, rule);
    else judgeText(struct, container, { rule, news: this.#places.news });
  }

  /** Judges one deletion. */
  target(target: Target): void {
    const container = target instanceof Struct ? target.container : this.#places.of(target);
    if (container === null) throw new Refused('unreadable');
    const { rule, owner, may, root } = container;
    const { userId } = this.#places.ask.writer;
    const isAllowed = may && (rule.rule === 'text' || (rule.rule === 'own' && owner === userId));
    if (!isAllowed) throw new Refused('not-allowed', root);
  }

  #count(length: number): void {
    this.#gone += length;
    if (this.#gone > MOST_GONE) throw new Refused('too-large');
  }

  #log(struct: Struct, { root, may }: Container, rule: LogRoot): void {
    const { kind, doc, writer } = this.#places.ask;
    const isValues = struct.kind === KIND.any || struct.kind === KIND.json;
    // At the end as the writer saw it, whatever others have put there meanwhile.
    if (!isValues || struct.key !== null || struct.rightOrigin !== null) throw new Refused('not-allowed', root);
    const length = doc.share.get(root)?._length ?? 0;
    if (kind.segments?.root === root && length >= kind.segments.items) throw new Refused('segment-closed', root);
    this.#effort.countJoining(struct);
    const take = (value: Json, isLonger: boolean): void => {
      if (!isObject(value)) throw new Refused('invalid', root);
      if (value[rule.author] !== writer.userId) throw new Refused('not-author', root);
      if (isLonger || this.appended.length >= MOST_ITEMS) throw new Refused('too-large', root);
      const item = asked(root, () => rule.parse(value));
      if (!may && writer.mayAppend?.(root, item) !== true) throw new Refused('not-allowed', root);
      this.appended.push({ root, value: item });
    };
    eachValue(this.#places.news.bytes, struct, { most: rule.itemBytes, take });
  }

  #own(struct: Struct, { root, owner }: Container, rule: OwnRoot): void {
    const { key } = struct;
    if (owner !== this.#places.ask.writer.userId) throw new Refused('not-allowed', root);
    if (key === null || struct.rightOrigin !== null || key === '__proto__') throw new Refused('not-allowed', root);
    if (key.length > MOST_KEY) throw new Refused('too-large', root);
    this.#countKey(root, key, rule);
    // A value of his that he has overwritten since: only that it was is left.
    if (struct.kind === KIND.deleted) return;
    if (struct.kind !== KIND.any && struct.kind !== KIND.json) throw new Refused('not-allowed', root);
    const { news } = this.#places;
    // Several in one are what a copy that collects nothing has overwritten. Alive, Yjs would take the first back only in part.
    if (struct.length > 1 && !isDeleted(news, struct)) throw new Refused('not-allowed', root);
    const take = (value: Json, isLonger: boolean): void => {
      if (isLonger) throw new Refused('too-large', root);
      asked(root, () => rule.parse(key, value));
    };
    eachValue(news.bytes, struct, { most: rule.valueBytes, take });
  }

  #countKey(root: string, key: string, rule: OwnRoot): void {
    const known = this.#places.ask.doc.share.get(root)?._map;
    if (known?.has(key) === true) return;
    const added = this.#newKeys.get(root) ?? new Set();
    this.#newKeys.set(root, added.add(key));
    if ((known?.size ?? 0) + added.size > rule.mostKeys) throw new Refused('too-large', root);
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Asks the kind; what it throws is its word for "does not fit". */
function asked<T extends Json | void>(root: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new Refused('invalid', root);
  }
}
