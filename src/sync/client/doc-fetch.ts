// Fetches what documents have that this device has not: those of which a header row has told more, those that are open, and those to
// which something was sent from here. By sequence, some at a time, each document in one transaction. An own update leaves the
// outbox when the server's form of it is here, so that nothing is ever missing in between.

import { must } from '../../base/must.ts';
import { DOC_LIMITS, documentsAnswer } from '../core/doc-wire.ts';
import type { DocumentsAnswer } from '../core/doc-wire.ts';
import { isDoneAgain, targetsOf } from './doc-again.ts';
import { docKey, kindOf } from './doc-names.ts';
import { onLineOf, openedBy, tellOpened } from './doc-opened.ts';
import { updateOf } from './doc-outbox.ts';
import { releaseCome, takeIn } from './doc-take-in.ts';
import type { Asked } from './doc-take-in.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import { WireError } from './wire.ts';

/** A line that does not say by then whether it brings a document is not waited for. */
const PATIENCE_MS = 1000;

/**
 * Fetches until nothing is due, then does again what was refused for no fault of its author's. Returns whether there is something
 * to push. Throws as `post` does.
 */
export async function exchangeDocs(desk: Desk, line: Line): Promise<boolean> {
  if (desk.declared.documents === undefined) return false;
  const opened = openedBy(desk);
  let wanted = await wantedNow(desk, [...(await notOnLine(desk)), ...(await refusedIn(desk))]);
  while (wanted.length > 0) {
    const outcome = await fetchSome(desk, line, wanted.slice(0, DOC_LIMITS.documents));
    if (outcome === 'another-server') return true;
    if (outcome === 'no-news') break;
    const left = new Set(wanted.slice(DOC_LIMITS.documents).map(({ document }) => document));
    wanted = await wantedNow(desk, [...left]);
  }
  const again = await doAgain(desk);
  for (const shown of opened.values()) await shown.refresh();
  tellOpened(desk, 'fetched');
  return again;
}

/**
 * Open documents that the line does not bring, as far as is known. Of which nothing is here yet, it is waited for a little: else all of
 * it would come twice. Own words that have come by it need not be asked for either.
 */
async function notOnLine(desk: Desk): Promise<string[]> {
  const { store, cipher } = desk;
  const names = [...openedBy(desk).keys()];
  const hereNow = () => store.docs.get(names.map((name) => docKey(cipher, name)));
  const first = await hereNow();
  const onLine = onLineOf(desk);
  await soon(names.flatMap((name, i) => (first[i]?.seq ? [] : (onLine.get(name)?.joining ?? []))));
  const [here, { epoch }] = [await hereNow(), await store.state()];
  const isOnLine = (name: string, i: number) => {
    const line = onLine.get(name);
    return line !== undefined && line.epoch !== null && line.epoch === epoch && (here[i]?.seq ?? 0) >= line.seq;
  };
  const brought = names.filter(isOnLine);
  for (const name of brought) await releaseCome(desk, name);
  return names.filter((name) => !brought.includes(name));
}

/** Waits for all of them, or not for long. */
async function soon(all: readonly Promise<void>[]): Promise<void> {
  if (all.length === 0) return;
  let late: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([Promise.all(all), new Promise<void>((resolve) => (late = setTimeout(resolve, PATIENCE_MS)))]);
  clearTimeout(late);
}

/** What was refused for no fault of its author's, and what stands on words that were refused. */
async function doAgain(desk: Desk): Promise<boolean> {
  const refused = (await desk.store.rejections.all()).filter((one) => updateOf(one) !== undefined);
  const names = [...new Set(refused.flatMap((one) => updateOf(one)?.document ?? []))];
  const keys = names.map((name) => docKey(desk.cipher, name));
  const waiting = await desk.store.outbox.keysUnder(keys);
  if (!refused.some(isDoneAgain) && waiting.size === 0) return false;
  const { redoRefused, standAnew } = await import('./docs.ts');
  let isQueued = false;
  for (const [i, name] of names.entries())
    if (waiting.has(keys[i] ?? '')) isQueued = (await standAnew(desk, name)) || isQueued;
  return (await redoRefused(desk)) || isQueued;
}

/** Documents of what is about to be done again, and those that may take it: only what is here tells where there is room. */
async function refusedIn({ store }: Desk): Promise<string[]> {
  return (await store.rejections.all()).filter(isDoneAgain).flatMap((one) => {
    const { document } = must(updateOf(one), 'an update');
    const [first = document, next = document] = targetsOf(one, document);
    return [document, first, next];
  });
}

/** Everything that is due, and what is asked for beside it. */
async function wantedNow(desk: Desk, also: readonly string[]): Promise<Asked[]> {
  const { store, declared } = desk;
  const { epoch } = await store.state();
  const accepted = (await store.outbox.acceptedUpTo(Number.MAX_SAFE_INTEGER)).filter((entry) => updateOf(entry));
  const due = (await store.docs.due()).map(({ document }) => document);
  const sent = accepted.flatMap((entry) => updateOf(entry)?.document ?? []);
  const names = [...new Set([...also, ...sent, ...due])].filter((name) => kindOf(declared, name) !== undefined);
  const docs = names.map((name) => docKey(desk.cipher, name));
  const here = await store.docs.get(docs);
  const acceptedOf = (name: string) => accepted.filter((entry) => updateOf(entry)?.document === name);
  return names.map((document, i) => ({
    document,
    doc: docKey(desk.cipher, document),
    after: here[i]?.seq ?? 0,
    life: here[i]?.life,
    epoch,
    accepted: acceptedOf(document).map(({ mid }) => mid),
  }));
}

async function fetchSome(
  desk: Desk,
  line: Line,
  asked: readonly Asked[],
): Promise<'news' | 'no-news' | 'another-server'> {
  const answer = await ask(desk, line, asked);
  if (answer === null) return 'no-news';
  const { epoch } = await desk.store.state();
  if (answer === 'epoch-changed' || answer.epoch !== epoch) {
    // What it has lost of this device's work goes out before anything of it is believed.
    const { goOnAnew } = await import('./go-on-anew.ts');
    await goOnAnew(desk, 'server-lost-some', (await desk.store.state()).device);
    return 'another-server';
  }
  const answers = new Map(answer.documents.map((one) => [one.name, one]));
  let hasMoved = false;
  for (const one of asked) {
    const given = answers.get(one.document);
    if (given === undefined) continue;
    const moved = await desk.store.transaction((tx) => takeIn(tx, desk, { asked: one, given }), 'spare');
    hasMoved ||= moved;
  }
  return hasMoved ? 'news' : 'no-news';
}

async function ask(
  { store, memberId }: Desk,
  { post, practice }: Line,
  asked: readonly Asked[],
): Promise<DocumentsAnswer | 'epoch-changed' | null> {
  const { device, epoch } = await store.state();
  const documents = asked.map(({ document, after }) => ({ name: document, after }));
  const body = { membership: memberId, device, epoch, documents };
  try {
    return await post(`/sync/${practice}/documents`, body, documentsAnswer);
  } catch (error) {
    const code = error instanceof WireError ? error.code : null;
    if (code === 'epoch-changed') return code;
    // A server of an earlier release; whether access has ended, the pull says.
    if (code === 'not-found') return null;
    throw error;
  }
}
