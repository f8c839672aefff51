// Documents that several people write at once (Yjs), as this device shows and changes them: what the server gave, with own updates
// over it that it has not given back yet. A change is made on a copy and kept with its outbox entry first; only then it is shown.
// So nothing is in view that is not on the disk, and a change that could not be kept has never been there. With `doc-build.ts` all of the
// client that knows Yjs; fetched with the first screen that has a document.

import * as Y from 'yjs';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Refusal } from '../core/mutation.ts';
import type { Rejection } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { againId, inOrder, isDoneAgain, NOT_AGAIN, targetsOf } from './doc-again.ts';
import { build, buildToShow, freshClient, isSame, readDoc, stuckIn, toBeDoneAgain, updateBy } from './doc-build.ts';
import type { Built } from './doc-build.ts';
import { docKey, kindOf, spaceOfDoc } from './doc-names.ts';
import { noteOpened } from './doc-opened.ts';
import type { Shown } from './doc-opened.ts';
import { presenceIn } from './doc-presence.ts';
import type { DocPresence } from './doc-presence.ts';
import { docStanding } from './doc-standing.ts';
import type { DocStanding } from './doc-standing.ts';
import { ownUpdates, queueUpdate, updateOf } from './doc-outbox.ts';
import { live } from './live.ts';
import { queueFiles } from './mutate.ts';
import { voidEntry } from './void-entry.ts';
import type { Desk } from './mutate.ts';

/** A person's change of a document. */
export interface DocAct {
  readonly document: string;
  /** What is done, in words that a screen can show where it is refused, and that the kind can do again. */
  readonly intent: JsonObject;
  /** Makes the change; pure of anything else, since where it is not kept it has not happened. */
  change(doc: Y.Doc): void;
  /** The draft that this makes good. */
  readonly draft?: string;
  /** Ids of the files that it names: with it they are to be sent. */
  readonly files?: readonly string[];
}

export interface OpenDoc {
  /** As it is now; read only. Another object after `onReplaced`. */
  readonly doc: Y.Doc;
  /** Hears that something was taken back, so that the document had to be built anew. */
  onReplaced(listener: () => void): () => void;
  /** Ends this use of it; the last one lets it go. */
  release(): void;
}

/** Documents as an open workspace offers them. */
export interface DocDesk {
  open(document: string): Promise<OpenDoc>;
  /** Does a change; when the promise resolves, it is safe on the disk. */
  change(act: DocAct): Promise<Refusal | undefined>;
  /** What of it is on this device now, with own changes that wait. It is not followed, and nothing is asked of the server for it. */
  read(document: string): Promise<Y.Doc>;
  /** How far own changes of it have come. */
  standing(document: string): Promise<DocStanding>;
  /** Who else has it open now, and what this page says of itself; while it is open here. */
  presence(document: string): DocPresence;
}

/** `asked`: there is something to send or to fetch. */
export function openDocDesk(desk: Desk, asked: () => void): DocDesk {
  return {
    async open(document) {
      const opened = await openDoc(desk, document);
      asked();
      return opened;
    },
    async change(act) {
      const refusal = await changeDoc(desk, act);
      if (refusal === undefined) asked();
      return refusal;
    },
    read: async (document) => buildToShow(desk, document, await readDoc(desk.store, desk, document)).doc,
    standing: (document) => docStanding(desk.store, desk, document),
    presence: (document) => presenceIn(desk, document),
  };
}

/** Opens a document; it is asked for at each exchange from now on, and follows what comes, in other tabs too. */
export async function openDoc(desk: Desk, document: string): Promise<OpenDoc> {
  const { shown, release } = await hold(desk, document);
  return {
    get doc() {
      return shown.doc;
    },
    onReplaced: (listener) => {
      shown.listeners.add(listener);
      return () => shown.listeners.delete(listener);
    },
    release,
  };
}

/** Keeps a change, then shows it. Returns a refusal, with nothing kept, where the device itself says no. */
export async function changeDoc(desk: Desk, act: DocAct): Promise<Refusal | undefined> {
  if (kindOf(desk.declared, act.document) === undefined) return { code: 'not-there' };
  const { shown, release } = await hold(desk, act.document);
  try {
    return await shown.change(act);
  } finally {
    release();
  }
}

/** Does once more what its author wants to be sent again, over the document as it is now. A refusal where it cannot be done. */
export async function redoByAuthor(desk: Desk, mid: string): Promise<Refusal | undefined> {
  await desk.store.transaction((tx) => redo(tx, desk, { mid, isByAuthor: true }));
  return (await desk.store.rejections.get(mid)) === undefined ? undefined : { code: 'not-there' };
}

/**
 * Does again what was refused for no fault of its author's (`isDoneAgain`), over the documents as they are now, in the order in
 * which it was done. Returns whether there is something to push.
 */
export async function redoRefused(desk: Desk): Promise<boolean> {
  const wanted = (await desk.store.rejections.all()).sort(inOrder).filter(isDoneAgain);
  let isQueued = false;
  for (const { mid } of wanted)
    isQueued = (await desk.store.transaction((tx) => redo(tx, desk, { mid, isByAuthor: false }))) || isQueued;
  return isQueued;
}

/**
 * Does again what waits here and stands on own words that are gone: refused, or given up. Not while the document is still to be
 * fetched, nor before all was pushed: then it may stand on what is to come, or be at the server already. Returns whether there was something.
 */
export function standAnew(desk: Desk, document: string): Promise<boolean> {
  return desk.store.transaction(async (tx) => {
    const [here] = await tx.docs.get([docKey(desk.cipher, document)]);
    const kind = kindOf(desk.declared, document);
    if (kind?.redo === undefined || here === undefined || here.due === 1) return false;
    const read = await readDoc(tx, desk, document);
    const stuck = stuckIn(build(read).doc, read.own);
    if (stuck.size === 0) return false;
    const { doc } = build({ ...read, own: new Map([...read.own].filter(([mid]) => !stuck.has(mid))) });
    let isChanged = false;
    for (const entry of await ownUpdates(tx, desk, document)) {
      const said = updateOf(entry);
      if (!stuck.has(entry.mid) || entry.version > 0 || !entry.mutation || said === undefined) continue;
      doc.clientID = freshClient();
      let isDone = false;
      const update = updateBy(doc, () => (isDone = kind.redo?.(doc, said.intent) === true));
      if (!isDone) continue;
      const { mutation, n, mid, again = 0 } = entry;
      const own = { document, intent: said.intent, mid: againId(mid), at: mutation.at, again: again + 1 };
      if (update !== null && !(await queueUpdate(tx, desk, { ...own, update }))) continue;
      await tx.outbox.put([voidEntry(desk, { n, mutation, device: (await tx.state()).device })]);
      isChanged = true;
    }
    return isChanged;
  });
}

/** One document, built once for all who have it open here. */
class ShownDoc implements Shown {
  doc: Y.Doc;
  readonly listeners = new Set<() => void>();
  /** Own changes are made under an id of their own: the document in view is never written to. New with each document. */
  #writer = freshClient();
  #own: ReadonlySet<string>;
  #seq: number;
  #life: string;
  #isAhead: boolean;
  #turn: Promise<unknown> = Promise.resolve();
  #watching: { unsubscribe(): void } | undefined;

  constructor(
    readonly desk: Desk,
    readonly document: string,
    first: Built,
  ) {
    ({ doc: this.doc, own: this.#own, seq: this.#seq, life: this.#life, isAhead: this.#isAhead } = first);
    this.#watching = live(() => marksOf(desk.store, desk, document)).subscribe({
      next: () => void this.refresh().catch(() => undefined),
      // The store has gone, which is told as news of it.
      error: () => undefined,
    });
  }

  refresh(): Promise<void> {
    return this.#alone(() => this.#bring());
  }

  change(act: DocAct): Promise<Refusal | undefined> {
    return this.#alone(async () => {
      const update = await this.#changed(act);
      if (update === null) return undefined;
      const at = this.desk.now().toISOString();
      const mid = newId(Date.parse(at));
      try {
        const refusal = await this.desk.store.transaction((tx) => keep(tx, this.desk, { act, update, mid, at }));
        if (refusal !== undefined) return refusal;
      } catch (error) {
        // Kept or not is not known for sure: nothing more is written under this id.
        this.#writer = freshClient();
        throw error;
      }
      // It may stand on what is on the disk and not in view yet.
      if (this.#isAhead) await this.#bring();
      else {
        this.#own = new Set([...this.#own, mid]);
        Y.applyUpdate(this.doc, update);
      }
      return undefined;
    });
  }

  /** Brings the view to what is on the disk. */
  async #bring(): Promise<void> {
    const now = await readDoc(this.desk.store, this.desk, this.document);
    const isAnother = this.#seq > 0 && (now.seq < this.#seq || now.life !== this.#life);
    const isTakenBack = [...this.#own].some((mid) => !now.own.has(mid));
    if (isAnother || isTakenBack || this.#isAhead || now.toCome.length > 0)
      return this.#become(buildToShow(this.desk, this.document, now));
    for (const [seq, update] of now.updates) if (seq > this.#seq) Y.applyUpdate(this.doc, update);
    for (const [mid, update] of now.own) if (!this.#own.has(mid)) Y.applyUpdate(this.doc, update);
    this.#is({ ...now, own: new Set(now.own.keys()), isAhead: false });
  }

  close(): void {
    this.#watching?.unsubscribe();
    void this.#alone(async () => this.doc.destroy());
  }

  /** What the change adds, made on a copy; null where it adds nothing. */
  async #changed({ change }: DocAct): Promise<Uint8Array | null> {
    const { desk, document } = this;
    const copy = this.#isAhead ? build(await readDoc(desk.store, desk, document)).doc : new Y.Doc();
    if (!this.#isAhead) Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
    // What the writer's id has written may have been taken from the disk, but not from the view yet.
    copy.clientID = this.#isAhead ? freshClient() : this.#writer;
    return updateBy(copy, () => change(copy));
  }

  #become(next: Built): void {
    this.#is(next);
    if (isSame(this.doc, next.doc)) return next.doc.destroy();
    const old = this.doc;
    this.doc = next.doc;
    this.#writer = freshClient();
    for (const listener of this.listeners) listener();
    old.destroy();
  }

  #is({ seq, life, own, isAhead }: Omit<Built, 'doc'>): void {
    this.#isAhead = isAhead;
    this.#seq = seq;
    this.#life = life;
    this.#own = own;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** How many use a document; the last one lets it go. */
interface Slot {
  users: number;
  readonly shown: Promise<ShownDoc>;
}

const slots = new WeakMap<object, Map<string, Slot>>();

async function hold(desk: Desk, document: string): Promise<{ shown: ShownDoc; release: () => void }> {
  const here = slots.get(desk.store) ?? new Map<string, Slot>();
  slots.set(desk.store, here);
  const slot = here.get(document) ?? { users: 0, shown: show(desk, document) };
  here.set(document, slot);
  slot.users += 1;
  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    slot.users -= 1;
    if (slot.users > 0) return;
    here.delete(document);
    noteOpened(desk, document, null);
    void slot.shown.then((shown) => shown.close()).catch(() => undefined);
  };
  try {
    return { shown: await slot.shown, release };
  } catch (error) {
    release();
    throw error;
  }
}

async function show(desk: Desk, document: string): Promise<ShownDoc> {
  const shown = new ShownDoc(desk, document, buildToShow(desk, document, await readDoc(desk.store, desk, document)));
  noteOpened(desk, document, shown);
  return shown;
}

/** What tells that there is something to show anew. */
async function marksOf(tables: DeviceTables, desk: Desk, document: string): Promise<unknown> {
  const own = await ownUpdates(tables, desk, document);
  const toCome = await toBeDoneAgain(tables, document);
  return [[...own, ...toCome].map(({ mid }) => mid), await tables.docs.get([docKey(desk.cipher, document)])];
}

type Kept = { readonly act: DocAct; readonly update: Uint8Array; readonly mid: string; readonly at: string };

async function keep(tx: DeviceTables, desk: Desk, { act, update, mid, at }: Kept): Promise<Refusal | undefined> {
  const { document, intent, draft, files = [] } = act;
  if ((await tx.outbox.byMids([mid])).length > 0) return undefined;
  const space = await spaceOfDoc(tx, desk, document);
  if (space === undefined) return { code: 'not-there' };
  if (!(await queueUpdate(tx, desk, { document, update, intent, mid, at }))) return { code: 'too-large' };
  const doc = docKey(desk.cipher, document);
  const [here] = await tx.docs.get([doc]);
  if (here === undefined) await tx.docs.put([{ doc, space, seq: 0, document }]);
  if (files.length > 0) await queueFiles(tx, files, { mid, row: undefined });
  if (draft !== undefined) await tx.drafts.delete(draft);
  return undefined;
}

/** Does one refused intent again and takes the refusal away, in one transaction; true where something is to be sent. */
async function redo(
  tx: DeviceTables,
  desk: Desk,
  { mid, isByAuthor }: { mid: string; isByAuthor: boolean },
): Promise<boolean> {
  const refused = await tx.rejections.get(mid);
  const said = refused && updateOf(refused);
  if (refused === undefined || said === undefined) return false;
  const done = await redone(tx, desk, refused);
  if (done === undefined || (await spaceOfDoc(tx, desk, done.document)) === undefined) {
    // Who asks for it may ask before all is here.
    if (!isByAuthor) await tx.rejections.put({ ...refused, again: NOT_AGAIN });
    return false;
  }
  const { document, update } = done;
  const mutation = must(refused.mutation ?? undefined, 'an act');
  // What its author sends again is an act of its own: what became of the first is known to him and decided.
  const first = isByAuthor ? undefined : (refused.first ?? mutation);
  const again = (refused.again ?? 0) + 1;
  const own = { document, intent: said.intent, mid: againId(mid), at: mutation.at, again, ...(first && { first }) };
  if (update !== null && !(await queueUpdate(tx, desk, { ...own, update }))) return false;
  await tx.rejections.delete(mid);
  return update !== null;
}

/** Where a refused intent goes and what it adds there, null where that is there already; undefined where it cannot be done. */
async function redone(
  tx: DeviceTables,
  desk: Desk,
  refused: Rejection,
): Promise<{ document: string; update: Uint8Array | null } | undefined> {
  const { document, intent } = must(updateOf(refused), 'an update');
  const kind = kindOf(desk.declared, document);
  if (kind?.redo === undefined) return undefined;
  const shown = buildToShow(desk, document, await readDoc(tx, desk, document)).doc;
  for (const target of targetsOf(refused, document)) {
    const { doc } = build(await readDoc(tx, desk, target));
    doc.clientID = freshClient();
    const lengthOf = () => (kind.segments ? doc.getArray(kind.segments.root).length : 0);
    const before = lengthOf();
    let isDone = false;
    const was = target === document ? undefined : shown;
    const update = updateBy(doc, () => (isDone = kind.redo?.(doc, intent, was) === true));
    if (!isDone) return undefined;
    const isGrown = lengthOf() > before;
    if (update === null || (isGrown && before < (kind.segments?.items ?? Infinity)))
      return { document: target, update };
    // What only says something of what is there belongs where that is.
    if (!isGrown && target === document) return { document, update };
  }
  return undefined;
}
