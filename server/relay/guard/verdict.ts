// What the guard is asked and what it answers.

import type * as Y from 'yjs';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Appended, DocKind, DocRefusal } from '../../../src/sync/core/doc-kind.ts';

/** Who sends an update. */
export interface Writer {
  /** Signs items, and names the roots that are one person's. */
  readonly userId: string;
  /** Whose client ids they are: one device, or one session of a stock provider. */
  readonly session: string;
  /** Whether the member may write in this root, by the kind's policy and the root's own rule. */
  mayWrite(root: string): boolean;
  /** Whether he may add this item to a log root in which he may not write. */
  mayAppend?(root: string, item: JsonObject): boolean;
}

/** Client ids of one document, each bound to whoever used it first. */
export interface ClientIds {
  ownerOf(clientId: number): { readonly userId: string; readonly session: string } | null;
}

export interface Ask {
  readonly kind: DocKind;
  /** The server's copy, with everything applied that was accepted before; never with anything pending. */
  readonly doc: Y.Doc;
  readonly clients: ClientIds;
  readonly writer: Writer;
  /** As it came; nothing about it is believed. */
  readonly update: Uint8Array;
}

/**
 * `new`: `update` is what may be applied and logged, exactly what was not there before. `known`: there is nothing new in it. A refused one has left
 * `doc` as it was.
 */
export type Verdict =
  | {
      readonly kind: 'new';
      readonly update: Uint8Array;
      /** Client ids that are the writer's from now on. */
      readonly claims: readonly number[];
      /** New items of log roots, each after what its writer had seen; what one client wrote is in its order. */
      readonly appended: readonly Appended[];
    }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly code: DocRefusal; readonly where?: string };
