// Which refused updates of documents the device itself does again, in what order, where, and under which id. How is the kind's to
// know, and that an update is of Yjs is for `docs.ts` to know.

import { sha256 } from '@noble/hashes/sha2.js';
import { uuidOf } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { docName, parseDocName } from '../core/doc-kind.ts';
import type { RefusalCode } from '../core/mutation.ts';
import type { Rejection } from './database.ts';
import { updateOf } from './doc-outbox.ts';

/** Nothing was wrong with what its author said: it stood on what is not there, or came to a document that is full or not begun. */
const DONE_AGAIN: readonly RefusalCode[] = ['gap', 'client-taken', 'segment-closed'];
const AGAIN_MOST = 5;

/** From here on it is its author's to decide. */
export const NOT_AGAIN = AGAIN_MOST;

/** Whether the device itself does a refused update again. */
export function isDoneAgain(rejection: Rejection): boolean {
  const { code, again = 0 } = rejection;
  const said = updateOf(rejection);
  if (said === undefined || again >= AGAIN_MOST) return false;
  return DONE_AGAIN.includes(code) || (code === 'not-there' && (parseDocName(said.document)?.segment ?? 1) > 1);
}

/** The id of an act that is done again: of two copies of a profile that both do, one has an effect. */
export function againId(mid: string): string {
  return uuidOf(sha256(new TextEncoder().encode(`again ${mid}`)));
}

/** How many full segments are passed by. */
const SEGMENTS_MOST = 100;

/** The documents that may take it, in order: of one that was not begun, the one before it may have room. */
export function* targetsOf({ code, where }: Rejection, document: string): Generator<string> {
  const name = must(parseDocName(document) ?? undefined, 'a document');
  if (name.segment === null) return yield document;
  const next = code === 'segment-closed' && where !== undefined ? parseDocName(where)?.segment : undefined;
  const from = next ?? (code === 'not-there' ? name.segment - 1 : name.segment);
  for (let segment = Math.max(1, from); segment < from + SEGMENTS_MOST; segment++) yield docName({ ...name, segment });
}

/** In the order in which it was done. */
export function inOrder({ mutation: a }: Rejection, { mutation: b }: Rejection): number {
  if (a === null || b === null) return 0;
  return a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1;
}
