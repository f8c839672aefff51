// Takes in what the server has of a document: what was asked for, and what comes by itself on the line. Kept first, in one
// transaction with how far the document has come; only by the sequence, so that nothing is ever missing in between.

import { bytesToBase64url } from '../../base/base64url.ts';
import { newId } from '../../base/ids.ts';
import type { DocumentsAnswer } from '../core/doc-wire.ts';
import { keepUntilBackedUp } from './apply.ts';
import type { CameUpdate } from './channel-codec.ts';
import type { DocRecord, DocUpdate, OutboxEntry } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { docKey, spaceOfDoc } from './doc-names.ts';
import { ownUpdates, updateOf } from './doc-outbox.ts';
import type { Desk } from './mutate.ts';

/** A document as it was asked for. */
export interface Asked {
  readonly document: string;
  readonly doc: string;
  readonly after: number;
  /** Of what was here then. */
  readonly life: string | undefined;
  readonly epoch: string | null;
  /** Own updates that the server had accepted by then. */
  readonly accepted: readonly string[];
}

interface Answered {
  readonly asked: Asked;
  readonly given: DocumentsAnswer['documents'][number];
}

/** Applies what came of one document; true where this brought the device further. */
export async function takeIn(tx: DeviceTables, desk: Desk, { asked, given }: Answered): Promise<boolean> {
  const { document, doc } = asked;
  const [[here], state] = [await tx.docs.get([doc]), await tx.state()];
  if (state.epoch !== asked.epoch || !goesOn(asked, here)) return false;
  const space = here?.space ?? (await spaceOfDoc(tx, desk, document));
  if ('code' in given || space === undefined) {
    await tx.docs.deleteUpTo(doc, Infinity);
    if (here !== undefined) await tx.docs.put([{ doc, space: here.space, seq: 0, document }]);
    return release(tx, desk, asked);
  }
  if (given.seq < asked.after) {
    // It has lost some without having become another: all of it anew.
    await tx.docs.deleteUpTo(doc, Infinity);
    await tx.docs.put([{ doc, space, seq: 0, due: 1, document }]);
    return true;
  }
  const { snapshot, updates, more } = given;
  const had = here?.seq ?? 0;
  const came = [...(snapshot ? [snapshot] : []), ...updates].filter(({ seq }) => seq > had);
  if (snapshot !== undefined) await tx.docs.deleteUpTo(doc, snapshot.seq);
  // What has come by itself since may be in it already.
  const isNeeded = snapshot !== undefined && snapshot.seq <= had;
  const kept = isNeeded ? [snapshot, ...came] : came;
  await tx.docs.putUpdates(kept.map(({ seq, update }): DocUpdate => ({ doc, seq, space, update })));
  const seq = Math.max(had, more ? (came.at(-1)?.seq ?? asked.after) : given.seq);
  const life = asked.after === 0 && had === 0 ? newId() : (here?.life ?? '');
  await tx.docs.put([{ doc, space, seq, document, life, ...(more && { due: 1 }) }]);
  if (!more) await release(tx, desk, asked);
  return seq > asked.after || !more;
}

/** Whether an answer fits to what is here now: as it was asked for, or further in the same life by what has come by itself. */
function goesOn({ after, life }: Asked, here: DocRecord | undefined): boolean {
  const seq = here?.seq ?? 0;
  return seq === after || (seq > after && (after === 0 || here?.life === life));
}

/** What was accepted before the question is in the answer: it is kept only until a backup has it. */
async function release(tx: DeviceTables, desk: Desk, { document, accepted }: Asked): Promise<boolean> {
  const own: OutboxEntry[] = (await ownUpdates(tx, desk, document)).filter(({ mid }) => accepted.includes(mid));
  await keepUntilBackedUp(tx, own, await tx.state());
  return true;
}

/** Updates that came by themselves, in order, in this life of the server. */
export interface Came {
  readonly document: string;
  readonly epoch: string;
  readonly updates: readonly CameUpdate[];
}

/**
 * Keeps what follows on what is here. `had`: all of it is here already. `gap`: some of it does not follow, is of another life of the
 * server, or there is no such document here, so that the server is to be asked. Throws as the store does.
 */
export function takeInCame(desk: Desk, { document, epoch, updates }: Came): Promise<'kept' | 'had' | 'gap'> {
  const doc = docKey(desk.cipher, document);
  return desk.store.transaction(async (tx) => {
    const [[here], state] = [await tx.docs.get([doc]), await tx.state()];
    const space = here?.space ?? (await spaceOfDoc(tx, desk, document));
    if (state.epoch !== epoch || space === undefined) return 'gap';
    const { next, whole, isGap } = following(here?.seq ?? 0, updates);
    const last = next.at(-1);
    if (last !== undefined) {
      if (whole !== undefined) await tx.docs.deleteUpTo(doc, whole);
      const rows = next.map(({ seq, update }): DocUpdate => ({ doc, seq, space, update: bytesToBase64url(update) }));
      await tx.docs.putUpdates(rows);
      await tx.docs.put([{ life: newId(), ...here, doc, space, document, seq: last.seq }]);
    }
    if (isGap) return 'gap';
    return last === undefined ? 'had' : 'kept';
  }, 'spare');
}

/** What of it follows on a sequence; up to `whole` it stands for itself. */
function following(had: number, updates: readonly CameUpdate[]) {
  let [next, whole, at]: [CameUpdate[], number | undefined, number] = [[], undefined, had];
  for (const one of updates) {
    if (one.seq <= at) continue;
    if (one.isWhole) [next, whole] = [[], one.seq];
    else if (one.seq !== at + 1) return { next, whole, isGap: true };
    next.push(one);
    at = one.seq;
  }
  return { next, whole, isGap: false };
}

/** Lets go of own updates that were accepted and lie here as the server's: for these nothing has to be asked. */
export function releaseCome(desk: Desk, document: string): Promise<void> {
  return desk.store.transaction(async (tx) => {
    const accepted = (await ownUpdates(tx, desk, document)).filter(({ version }) => version > 0);
    if (accepted.length === 0) return;
    const here = new Set((await tx.docs.updates(docKey(desk.cipher, document))).map(({ update }) => update));
    const back = accepted.filter((entry) => here.has(updateOf(entry)?.update ?? ''));
    if (back.length > 0) await keepUntilBackedUp(tx, back, await tx.state());
  });
}
