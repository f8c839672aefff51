// Who may do what with a document: its name → its kind → the row it belongs to → the kind's policy. Asked anew for every
// viewer, over rows as they are now. "No" and "not there" are one answer.

import { decide } from '../../src/sync/core/policy.ts';
import type { Resource, Verb } from '../../src/sync/core/policy.ts';
import { docName, parseDocName, rootRule } from '../../src/sync/core/doc-kind.ts';
import type { DocKind } from '../../src/sync/core/doc-kind.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { RowRef } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { Viewer } from '../accept/viewer.ts';
import type { DocPlace } from '../store/doc-log.ts';
import type { Store } from '../store/store.ts';
import type { Writer } from './guard/verdict.ts';

/** A document that is there: its row is. */
export interface Found {
  readonly kind: DocKind;
  readonly place: DocPlace;
  readonly resource: Resource;
  readonly segment: number | null;
  /** Its row says that its log roots take no more. */
  readonly isClosed?: boolean;
}

/** Nobody's device: reading rows asks no ledger. */
const NO_DEVICE = '00000000-0000-0000-0000-000000000000';

/** Finds the documents that there are, by name, in one look at their rows. */
export async function findDocuments(
  { store, declared }: { store: Pick<Store, 'readBatch'>; declared: Declarations },
  practiceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const asked = names.flatMap((name) => namedIn(declared, name) ?? []);
  if (asked.length === 0) return new Map();
  const refs = new Map(asked.map(({ ref }) => [rowKey(ref), ref]));
  const key = { memberId: NO_DEVICE, device: NO_DEVICE };
  const { rows } = await store.readBatch(practiceId, { key, refs: [...refs.values()], ns: [] });
  const found = new Map<string, Found>();
  for (const { name, kind, segment, ref } of asked) {
    const row = rows.get(rowKey(ref));
    if (!row || isTombstone(row)) continue;
    const { id, space, by: author } = row;
    const place = { name, kind: kind.name, row: id, space };
    const isClosed = kind.isClosed?.(row.fields) ?? false;
    found.set(name, { kind, place, segment, isClosed, resource: { type: kind.name, id, space, author } });
  }
  return found;
}

/** Whether this viewer may read the document, or write in it at all. */
export function mayDo({ principal, relations }: Viewer, { kind, resource }: Found, verb: Verb): boolean {
  return decide({ [kind.name]: kind.policy }, { principal, relations, resource, verb }) === 'allow';
}

/** A writer, and whose name stands beside his updates in the log. */
export interface Author extends Writer {
  readonly memberId: string;
  /** In this practice, at the time of writing: for the row that follows the document. */
  readonly roles: readonly string[];
}

/** What the guard is told of who writes: by the kind's policy, and each root's own rule. */
export function writerOf(viewer: Viewer, found: Found, session: string): Author {
  const { principal, relations } = viewer;
  const { resource } = found;
  const mayWriteAtAll = mayDo(viewer, found, 'read') && mayDo(viewer, found, 'update');
  const ruleOf = (root: string) => {
    const rule = mayWriteAtAll ? rootRule(found.kind, root)?.rule : undefined;
    if (rule === undefined || rule.rule === 'server') return undefined;
    return found.isClosed === true && rule.rule === 'log' ? undefined : rule;
  };
  return {
    userId: principal.userId,
    memberId: principal.memberId,
    roles: principal.roles,
    session,
    mayWrite(root) {
      const rule = ruleOf(root);
      return rule !== undefined && (rule.may?.(principal, relations, resource) ?? true);
    },
    mayAppend(root, item) {
      const rule = ruleOf(root);
      return rule?.rule === 'log' && rule.mayItem?.({ principal, relations, resource }, item) === true;
    },
  };
}

/** The document that takes what this one takes no more. */
export function nextSegment({ place, segment }: Found): string {
  return docName({ kind: place.kind, id: place.row, segment: (segment ?? 0) + 1 });
}

/** The document that has to be full before this one is begun; null for a first one. */
export function segmentBefore({ place, segment }: Found): string | null {
  if (segment === null || segment === 1) return null;
  return docName({ kind: place.kind, id: place.row, segment: segment - 1 });
}

function namedIn({ documents = {} }: Declarations, name: string) {
  const parts = parseDocName(name);
  if (parts === null) return null;
  const kind = Object.hasOwn(documents, parts.kind) ? documents[parts.kind] : undefined;
  // A kind without segments has no second name for one document.
  if (kind === undefined || (kind.segments !== undefined) !== (parts.segment !== null)) return null;
  const ref: RowRef = { type: kind.row, id: parts.id };
  return { name, kind, segment: parts.segment, ref };
}
