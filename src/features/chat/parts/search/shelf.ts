// What is looked through: every message of the conversations on this device by its folded words, in memory only and for as long as a
// screen looks. What was taken back and what was said better is not on it.

import { hasTerm, readyText, termsOf } from '../../../../base/fold.ts';
import { messagesOf } from '../../doc-fold.ts';
import type { ReadDoc } from '../../doc-fold.ts';
import { joinParts, partOf } from '../../doc-parts.ts';
import type { ConversationView } from '../../queries.ts';

export interface Leaf {
  readonly conversation: string;
  /** The message, by its first wording. */
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly body: string;
}

export interface Answer {
  readonly count: number;
  /** The newest first, at most as many as were asked for. */
  readonly found: readonly Leaf[];
}

/** As much of a conversation as is looked at. */
export type Looked = Pick<ConversationView, 'id' | 'segment' | 'seq' | 'version' | 'isBegun'>;

export interface ShelfOptions {
  /** What is on this device of one part. */
  readonly read: (document: string) => Promise<ReadDoc>;
  /** Lets the page answer a touch between two conversations. */
  readonly breathe: () => Promise<void>;
}

export interface Shelf {
  /** Brings it to what these conversations are now; only what has changed is read. */
  fill(conversations: readonly Looked[]): Promise<void>;
  find(typed: string, limit: number): Answer;
  /** Whether earlier parts of them are not on this device. */
  isPartial(): boolean;
}

interface Shelved {
  readonly mark: string;
  readonly leaves: readonly (Leaf & { readonly ready: string })[];
  readonly isPartial: boolean;
}

export function createShelf({ read, breathe }: ShelfOptions): Shelf {
  const shelved = new Map<string, Shelved>();
  return {
    async fill(conversations) {
      const there = new Set(conversations.map(({ id }) => id));
      for (const id of shelved.keys()) if (!there.has(id)) shelved.delete(id);
      for (const one of conversations) {
        const mark = `${one.segment} ${one.seq} ${one.version}`;
        if (!one.isBegun || shelved.get(one.id)?.mark === mark) continue;
        shelved.set(one.id, { mark, ...(await leavesOf(one, read)) });
        await breathe();
      }
    },
    find(typed, limit) {
      const terms = termsOf(typed);
      if (terms.length === 0) return { count: 0, found: [] };
      const fits = ({ ready }: { ready: string }) => terms.every((term) => hasTerm(ready, term));
      const all = [...shelved.values()].flatMap(({ leaves }) => leaves.filter(fits)).sort(newestFirst);
      return { count: all.length, found: all.slice(0, limit) };
    },
    isPartial: () => [...shelved.values()].some((one) => one.isPartial),
  };
}

async function leavesOf({ id: conversation, segment: newest }: Looked, read: ShelfOptions['read']) {
  const parts = [];
  for (let segment = 1; segment <= newest; segment += 1)
    parts.push({ segment, items: messagesOf(await read(partOf(conversation, segment))) });
  const shown = [...joinParts(parts).values()].flat();
  const leaves = shown.flatMap(({ item: { id, by, at, body, retractedAt } }) =>
    retractedAt === undefined ? [{ conversation, id, by, at, body, ready: readyText(body) }] : [],
  );
  return { leaves, isPartial: parts.some(({ items }) => items.length === 0) };
}

function newestFirst(a: Leaf, b: Leaf): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
