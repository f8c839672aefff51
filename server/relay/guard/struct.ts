// One struct of an update, as the guard holds it: where it stands by its own word, where its bytes are, and, once it is judged,
// where it comes to stand in the document.

import type { Doc } from 'yjs';
import type { DocRoot } from '../../../src/sync/core/doc-kind.ts';

export interface Id {
  readonly client: number;
  readonly clock: number;
}

/** A Yjs type, of whatever kind. */
export type ContainerType = NonNullable<ReturnType<Doc['share']['get']>>;

/** What items stand in: a root, or a node of rich text below one. */
export interface Container {
  readonly root: string;
  readonly rule: DocRoot;
  /** Whose it is, of roots that are one person's. */
  readonly owner: string | null;
  readonly may: boolean;
  /** Name of an element; `#text` for text; null for the root itself; `#gone` where what it was cannot be told any more. */
  readonly node: string | null;
  readonly depth: number;
  /** In the server's copy; null where it is new. */
  readonly type: ContainerType | null;
}

/** Kinds of struct, as they are numbered in an update. */
export const KIND = { gone: 0, deleted: 1, json: 2, string: 4, format: 6, type: 7, any: 8, skip: 10 } as const;

export class Struct {
  readonly client: number;
  clock: number;
  length = 0;
  kind = 0;
  origin: Id | null = null;
  rightOrigin: Id | null = null;
  parentRoot: string | null = null;
  parentId: Id | null = null;
  /** Of an entry of a map; absent in the bytes where there is an origin, and then taken over from it. */
  key: string | null = null;
  /** Where its bytes begin, where its content, and where they end. */
  readonly start: number;
  content = 0;
  end = 0;
  /** How much of its front the server has already. */
  known = 0;

  /** 0 not yet judged, 1 waits for what it stands on, 2 judged. */
  state: 0 | 1 | 2 = 0;
  before: Struct | null = null;
  /** The clock from which on it follows its own client's work without a break: such items come to be one. */
  runFrom = 0;
  container: Container | null = null;
  /** As a node of rich text: what its children stand in. */
  inner: Container | null = null;

  constructor(client: number, clock: number, start: number) {
    this.client = client;
    this.clock = clock;
    this.start = start;
  }
}
