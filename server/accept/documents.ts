// What is new of documents, by sequence, for a device that fetches. A document that is not there and one that is not for this
// viewer are one answer.

import { bytesToBase64url } from '../../src/base/base64url.ts';
import { parseDocName } from '../../src/sync/core/doc-kind.ts';
import { DOC_LIMITS } from '../../src/sync/core/doc-wire.ts';
import type { DocumentsAnswer, DocumentsRequest } from '../../src/sync/core/doc-wire.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Relay } from '../relay/relay.ts';
import type { Tail } from '../store/doc-log.ts';
import type { Viewer } from './viewer.ts';

/** Answers for each document once, in the order asked. Of a device that speaks of another life of the server, nothing. */
export async function documents(
  { relay, declared }: { relay: Pick<Relay, 'tails'>; declared: Declarations },
  viewer: Viewer,
  asked: Pick<DocumentsRequest, 'epoch' | 'documents'>,
): Promise<DocumentsAnswer | 'epoch-changed'> {
  const { epoch } = viewer.practice;
  if (asked.epoch && asked.epoch !== epoch) return 'epoch-changed';
  const asks = new Map(asked.documents.map((one) => [one.name, one]));
  const tails = await relay.tails(viewer, [...asks.values()], DOC_LIMITS.answerBytes);
  const { memberId } = viewer.principal;
  const byOf = (name: string) => {
    const isHidden = declared.documents?.[parseDocName(name)?.kind ?? '']?.hidesAuthors === true;
    return (by: string) => (isHidden && by !== memberId ? '' : by);
  };
  const found = new Map(tails.map((tail) => [tail.name, tail]));
  return { epoch, documents: [...asks.keys()].map((name) => onWire(name, found.get(name), byOf(name))) };
}

function onWire(
  name: string,
  tail: Tail | undefined,
  byOf: (by: string) => string,
): DocumentsAnswer['documents'][number] {
  if (tail === undefined) return { name, code: 'not-there' };
  const { seq, snapshot, more } = tail;
  const updates = tail.updates.map((one) => ({ seq: one.seq, update: bytesToBase64url(one.update), by: byOf(one.by) }));
  const before = snapshot && { snapshot: { seq: snapshot.seq, update: bytesToBase64url(snapshot.update) } };
  return { name, seq, ...before, updates, more };
}
