// Relations in memory: what a store hands to policies, and what a device shows itself for display.

import type { Tuple } from './record.ts';
import type { TupleSource } from './run.ts';

/** Indexes tuples for `decide` and `spacesOf`. */
export class TupleIndex implements TupleSource {
  readonly #exact = new Set<string>();
  readonly #objects = new Map<string, string[]>();

  constructor(tuples: Iterable<Tuple>) {
    for (const tuple of tuples) this.#add(tuple);
  }

  has(object: string, relation: string, subject: string): boolean {
    return this.#exact.has(`${object}#${relation}@${subject}`);
  }

  objectsOf(relation: string, subject: string): string[] {
    return this.#objects.get(`${relation}@${subject}`) ?? [];
  }

  #add({ object, relation, subject }: Tuple): void {
    const exact = `${object}#${relation}@${subject}`;
    if (this.#exact.has(exact)) return;
    this.#exact.add(exact);
    const key = `${relation}@${subject}`;
    this.#objects.set(key, [...(this.#objects.get(key) ?? []), object]);
  }
}
