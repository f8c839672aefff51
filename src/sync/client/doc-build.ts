// A document built from what this device has of it: the server's updates, and own ones over them that wait.

import * as Y from 'yjs';
import { base64urlToBytes } from '../../base/base64url.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Rejection } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { inOrder, isDoneAgain } from './doc-again.ts';
import { docKey, kindOf } from './doc-names.ts';
import { ownUpdates, updateOf } from './doc-outbox.ts';
import type { Desk } from './mutate.ts';

/** What this device has of a document. */
export interface Read {
  readonly seq: number;
  readonly life: string;
  readonly updates: readonly (readonly [seq: number, update: Uint8Array])[];
  readonly own: ReadonlyMap<string, Uint8Array>;
  /** What its author did, by own update. */
  readonly intents: ReadonlyMap<string, JsonObject>;
  /** What was refused and is about to be done again, in the order in which it was done. */
  readonly toCome: readonly JsonObject[];
}

export interface Built {
  readonly doc: Y.Doc;
  readonly own: ReadonlySet<string>;
  readonly seq: number;
  readonly life: string;
  /** It shows more than its updates say: what is about to be done again. Nothing may be written that stands on that. */
  readonly isAhead: boolean;
}

/** Own ones first: what comes back from the server between the two reads is seen twice, not never. */
export async function readDoc(tables: DeviceTables, desk: Desk, document: string): Promise<Read> {
  const doc = docKey(desk.cipher, document);
  const own = new Map<string, Uint8Array>();
  const intents = new Map<string, JsonObject>();
  for (const entry of await ownUpdates(tables, desk, document)) {
    const said = updateOf(entry);
    const bytes = base64urlToBytes(said?.update ?? '');
    if (said === undefined || bytes === null || bytes.length === 0) continue;
    own.set(entry.mid, bytes);
    intents.set(entry.mid, said.intent);
  }
  const refused = await toBeDoneAgain(tables, document);
  const toCome = refused.map((one) => must(updateOf(one), 'an update').intent);
  const [here] = await tables.docs.get([doc]);
  const stored = here === undefined ? [] : await tables.docs.updates(doc);
  const updates = stored.map(({ seq, update }) => [seq, base64urlToBytes(update) ?? new Uint8Array()] as const);
  return {
    seq: here?.seq ?? 0,
    life: here?.life ?? '',
    updates: updates.filter(([, update]) => update.length > 0),
    own,
    intents,
    toCome,
  };
}

/** As its updates say. */
export function build({ seq, life, updates, own }: Omit<Read, 'intents' | 'toCome'>): Built {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const [, update] of updates) Y.applyUpdate(doc, update);
    for (const update of own.values()) Y.applyUpdate(doc, update);
  });
  return { doc, own: new Set(own.keys()), seq, life, isAhead: false };
}

/**
 * As a person sees it: what was kept once stays in view, though what it stood on has gone, or it was refused for no fault of his.
 * Until it is done again it is shown as if it were.
 */
export function buildToShow(desk: Desk, document: string, read: Read): Built {
  const built = build(read);
  const redo = kindOf(desk.declared, document)?.redo;
  const stuck = [...stuckIn(built.doc, read.own)].map((mid) => must(read.intents.get(mid), 'an intent'));
  const intents = [...read.toCome, ...stuck];
  if (redo === undefined || intents.length === 0) return built;
  built.doc.clientID = freshClient();
  built.doc.transact(() => {
    for (const intent of intents) redo(built.doc, intent);
  });
  return { ...built, isAhead: true };
}

/** Whether two documents show the same and will. What waits in one for what it stands on may come into view later. */
export function isSame(one: Y.Doc, other: Y.Doc): boolean {
  const waits = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null;
  return !waits(one) && Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
}

/** What was refused of a document and is about to be done again, in order. */
export async function toBeDoneAgain({ rejections }: DeviceTables, document: string): Promise<Rejection[]> {
  const all = await rejections.all();
  return all.filter((one) => isDoneAgain(one) && updateOf(one)?.document === document).sort(inOrder);
}

/** Own updates that come to nothing in a document, because what they stand on is not there. */
export function stuckIn({ store }: Y.Doc, own: Read['own']): ReadonlySet<string> {
  if (store.pendingStructs === null) return new Set();
  const isStuck = (update: Uint8Array) =>
    [...Y.parseUpdateMeta(update).to].some(([client, clock]) => Y.getState(store, client) < clock);
  return new Set([...own].flatMap(([mid, update]) => (isStuck(update) ? [mid] : [])));
}

/** The update that a change makes; null where it makes none. */
export function updateBy(doc: Y.Doc, change: () => void): Uint8Array | null {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(change);
  return updates.length === 0 ? null : Y.mergeUpdates(updates);
}

/** A client id that nobody has, as Yjs makes one. */
export const freshClient = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
