// What is looked through: every entry of one chart by its folded words and what it is filtered by, in memory only. Looking through
// ten thousand texts takes some milliseconds, so there is no index to keep true; it runs in a worker, and goes with it.

import { hasTerm, readyText, termsOf } from '../../../../base/fold.ts';

/** An entry as it is put on the shelf. */
export interface Leaf {
  readonly id: string;
  readonly at: string;
  /** The day on which it was written, where it was written. */
  readonly day: string;
  readonly kind: string;
  readonly hasComments: boolean;
  readonly isSeen: boolean;
  /** Its author alone reads it. */
  readonly isPrivate: boolean;
  /** Its words and those of its comments. */
  readonly words: readonly string[];
}

/** What is asked for: everything that is set must hold. Empty days are open ends; no kinds are all of them. */
export interface Question {
  readonly words: string;
  readonly kinds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly withComments: boolean;
  readonly notSeen: boolean;
  /** Leaves out what its author alone reads. */
  readonly notPrivate: boolean;
}

export interface Answer {
  readonly count: number;
  /** The newest first, at most as many as were asked for. */
  readonly ids: readonly string[];
}

type Shelved = Omit<Leaf, 'words'> & { readonly ready: string };

export interface Shelf {
  put(leaves: readonly Leaf[]): void;
  remove(ids: readonly string[]): void;
  clear(): void;
  find(question: Question, limit: number): Answer;
}

export function createShelf(): Shelf {
  const shelved = new Map<string, Shelved>();
  let inOrder: readonly Shelved[] | null = null;
  return {
    put(leaves) {
      for (const { words, ...leaf } of leaves)
        shelved.set(leaf.id, { ...leaf, ready: words.map(readyText).join('\n') });
      inOrder = null;
    },
    remove(ids) {
      for (const id of ids) shelved.delete(id);
      inOrder = null;
    },
    clear() {
      shelved.clear();
      inOrder = null;
    },
    find(question, limit) {
      inOrder ??= [...shelved.values()].sort(newestFirst);
      const fits = fitting(question);
      const ids: string[] = [];
      let count = 0;
      for (const one of inOrder) {
        if (!fits(one)) continue;
        count += 1;
        if (count <= limit) ids.push(one.id);
      }
      return { count, ids };
    },
  };
}

function fitting({ words, kinds, from, to, withComments, notSeen, notPrivate }: Question): (one: Shelved) => boolean {
  const terms = termsOf(words);
  return ({ day, kind, hasComments, isSeen, isPrivate, ready }) =>
    (from === '' || day >= from) &&
    (to === '' || day <= to) &&
    (kinds.length === 0 || kinds.includes(kind)) &&
    (!withComments || hasComments) &&
    (!notSeen || !(isSeen || isPrivate)) &&
    (!notPrivate || !isPrivate) &&
    terms.every((term) => hasTerm(ready, term));
}

function newestFirst(a: Shelved, b: Shelved): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
