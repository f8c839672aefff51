// Relations in memory: what a store hands to policies, and what a device shows itself for display.

import type { Tuple } from './record.ts';
import type { TupleSource } from './run.ts';

/** Indexes tuples for `decide` and `spacesOf`. */
export class TupleIndex implements TupleSource {
  readonly #exact = new Set<string>();
  readonly #objects = new Map<string, string[]>();
  readonly #subjects = new Map<string, string[]>();

  constructor(tuples: Iterable<Tuple>) {
    for (const tuple of tuples) this.#add(tuple);
  }

  has(object: string, relation: string, subject: string): boolean {
    return this.#exact.has(`${object}#${relation}@${subject}`);
  }

  objectsOf(relation: string, subject: string): string[] {
    return this.#objects.get(`${relation}@${subject}`) ?? [];
  }

  subjectsOf(object: string, relation: string): string[] {
    return this.#subjects.get(`${object}#${relation}`) ?? [];
  }

  #add({ object, relation, subject }: Tuple): void {
    const exact = `${object}#${relation}@${subject}`;
    if (this.#exact.has(exact)) return;
    this.#exact.add(exact);
    push(this.#objects, `${relation}@${subject}`, object);
    push(this.#subjects, `${object}#${relation}`, subject);
  }
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
