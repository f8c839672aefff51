// A document built from what this device has of it: the server's updates, and own ones over them that wait.

import * as Y from 'yjs';
import { base64urlToBytes } from '../../base/base64url.ts';
import type { DeviceTables } from './device-store.ts';
import { isDoneAgain } from './doc-again.ts';
import { docKey } from './doc-names.ts';
import { ownUpdates, updateOf } from './doc-outbox.ts';
import type { Desk } from './mutate.ts';

/** What this device has of a document. */
export interface Read {
  readonly seq: number;
  readonly life: string;
  readonly updates: readonly (readonly [seq: number, update: Uint8Array])[];
  readonly own: ReadonlyMap<string, Uint8Array>;
}

export interface Built {
  readonly doc: Y.Doc;
  readonly own: ReadonlySet<string>;
  readonly seq: number;
  readonly life: string;
}

/** Own ones first: what comes back from the server between the two reads is seen twice, not never. */
export async function readDoc(tables: DeviceTables, desk: Desk, document: string): Promise<Read> {
  const doc = docKey(desk.cipher, document);
  const own = new Map<string, Uint8Array>();
  for (const entry of await ownUpdates(tables, desk, document)) {
    const bytes = base64urlToBytes(updateOf(entry)?.update ?? '');
    if (bytes !== null && bytes.length > 0) own.set(entry.mid, bytes);
  }
  const [here] = await tables.docs.get([doc]);
  const stored = here === undefined ? [] : await tables.docs.updates(doc);
  const updates = stored.map(({ seq, update }) => [seq, base64urlToBytes(update) ?? new Uint8Array()] as const);
  return {
    seq: here?.seq ?? 0,
    life: here?.life ?? '',
    updates: updates.filter(([, update]) => update.length > 0),
    own,
  };
}

export function build({ seq, life, updates, own }: Read): Built {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const [, update] of updates) Y.applyUpdate(doc, update);
    for (const update of own.values()) Y.applyUpdate(doc, update);
  });
  return { doc, own: new Set(own.keys()), seq, life };
}

/** Whether two documents show the same and will. What waits in one for what it stands on may come into view later. */
export function isSame(one: Y.Doc, other: Y.Doc): boolean {
  const waits = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null;
  return !waits(one) && Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
}

export async function isToBeDoneAgain({ rejections }: DeviceTables, document: string): Promise<boolean> {
  return (await rejections.all()).some((one) => updateOf(one)?.document === document && isDoneAgain(one));
}

/** Own updates that come to nothing, because what they stand on is not there. */
export function stuckIn({ updates, own }: Read): ReadonlySet<string> {
  const { doc } = build({ seq: 0, life: '', updates, own });
  if (doc.store.pendingStructs === null) return new Set();
  const isStuck = (update: Uint8Array) =>
    [...Y.parseUpdateMeta(update).to].some(([client, clock]) => Y.getState(doc.store, client) < clock);
  return new Set([...own].flatMap(([mid, update]) => (isStuck(update) ? [mid] : [])));
}

/** The update that a change makes; null where it makes none. */
export function updateBy(doc: Y.Doc, change: () => void): Uint8Array | null {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(change);
  return updates.length === 0 ? null : Y.mergeUpdates(updates);
}

export const freshClient = () => new Y.Doc().clientID;
