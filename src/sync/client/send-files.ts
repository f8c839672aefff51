// Files on their way out, by tus 1.0: piece by piece, going on from where the server stands. What lies here is ciphertext, so it
// needs no key, and the lock screen and the service worker send likewise. One tab or worker at a time; two would only waste.

import * as z from 'zod/mini';
import { errorBody } from '../core/error-body.ts';
import type { ErrorCode } from '../core/error-body.ts';
import { countUse } from './data-use.ts';
import type { FileRecord } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { failureOf, SignInNeeded, Weather, WireError } from './wire.ts';
import type { Send } from './wire.ts';

/** So much goes at once: what is written meanwhile waits no longer than for this. */
const PIECE_BYTES = 256 * 1024;
const TIMEOUT_MS = 120_000;
/** Bytes that arrive as others, so often, are spoilt here and not on the way. */
const MOST_SPOILT = 3;
/** What another time does not mend. */
const FOR_GOOD: readonly ErrorCode[] = ['too-large', 'invalid'];
const PAUSE_FIRST_MS = 60_000;
const PAUSE_MOST_MS = 24 * 60 * 60_000;
const TUS = { 'tus-resumable': '1.0.0' };

export interface FileLine {
  readonly practice: string;
  readonly send?: Send;
}

/**
 * Sends what waits, small ones first, for as long as `mayGoOn`. Throws `Weather` or `SignInNeeded`; what the server takes for
 * good or never will is noted as such, what it does not take now has a pause; neither keeps the others. Returns in how many ms
 * the first pause ends; null where there is none.
 */
export async function sendFiles(store: DeviceStore, line: FileLine, mayGoOn = () => true): Promise<number | null> {
  await ifFree(`interlude-files-${(await store.state()).device}`, async () => {
    const waiting = await store.files.inState('queued', 'uploading');
    for (const { id, notBefore = 0 } of waiting.toSorted((a, b) => a.bytes - b.bytes)) {
      if (!mayGoOn()) return;
      if (notBefore <= Date.now()) await sendOne({ store, line, mayGoOn }, id);
    }
  });
  const pauses = (await store.files.inState('queued', 'uploading')).flatMap(({ notBefore }) => notBefore ?? []);
  return pauses.length === 0 ? null : Math.max(0, Math.min(...pauses) - Date.now());
}

/** Does it unless another tab is at it. */
async function ifFree(name: string, work: () => Promise<void>): Promise<void> {
  // Not everywhere where this runs, whatever the types say.
  const { locks } = (globalThis.navigator ?? {}) as { locks?: LockManager };
  if (locks === undefined) return work();
  await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : work()));
}

interface Sending {
  readonly store: DeviceStore;
  readonly line: FileLine;
  readonly mayGoOn: () => boolean;
}

async function sendOne(sending: Sending, id: string): Promise<void> {
  const { store, mayGoOn } = sending;
  const bytes = await store.files.bytesOf(id);
  if (bytes === undefined) return note(store, id, { state: 'refused' });
  for (let reached = -1; mayGoOn();) {
    const begun = await begin(sending, id);
    if (begun === null) return;
    if (begun.offset === bytes.length) return note(store, id, { state: 'stored', offset: begun.offset });
    // A line that carries nothing at all is waited for; one that breaks but carries something is not.
    if (begun.offset <= reached) throw new Weather();
    reached = begun.offset;
    if (await sendPieces(sending, { id, bytes, ...begun })) return;
  }
}

interface Begun {
  readonly location: string;
  readonly offset: number;
}

/** Asks for the upload, which is the same one for the same file, and for how far it is. Null where it is not wanted. */
async function begin({ store, line }: Sending, id: string): Promise<Begun | null> {
  const [file] = await store.files.get([id]);
  if (file === undefined) return null;
  const metadata = `id ${btoa(id)},space ${btoa(file.space)}`;
  const headers = { 'upload-length': String(file.bytes), 'upload-metadata': metadata };
  const answer = await ask(line, `/api/files/${line.practice}`, { method: 'POST', headers });
  if (answer === null) throw new Weather();
  const location = answer.headers.get('location');
  if (answer.status === 201 && location !== null) return { location, offset: offsetIn(answer) };
  const failure = answer.ok ? new Weather() : await failureOf(answer);
  if (failure instanceof Weather || failure instanceof SignInNeeded) throw failure;
  const why = failure instanceof WireError ? { why: failure.code } : {};
  const isForGood = why.why !== undefined && FOR_GOOD.includes(why.why);
  await note(store, id, { ...why, ...(isForGood ? { state: 'refused' } : pausedAfter(file)) });
  return null;
}

/** The right to send it may come back, or room for it. */
function pausedAfter({ pauses = 0 }: FileRecord): Partial<FileRecord> {
  return { pauses: pauses + 1, notBefore: Date.now() + Math.min(PAUSE_MOST_MS, PAUSE_FIRST_MS * 2 ** pauses) };
}

/** Sends from there to the end. False where it broke off, or the server stands elsewhere: to be asked again. */
async function sendPieces(
  { store, line, mayGoOn }: Sending,
  { id, bytes, location, offset: from }: Begun & { id: string; bytes: Uint8Array },
): Promise<boolean> {
  for (let offset = from; mayGoOn();) {
    const body = new Blob([new Uint8Array(bytes.subarray(offset, offset + PIECE_BYTES))]);
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
    const answer = await ask(line, location, { method: 'PATCH', headers, body });
    if (answer === null) return false;
    if (answer.status !== 204) return onRefusedPiece(store, id, answer);
    const next = offsetIn(answer);
    if (next <= offset) return false;
    offset = next;
    const isWhole = offset === bytes.length;
    await note(store, id, { state: isWhole ? 'stored' : 'uploading', offset });
    if (isWhole) return true;
  }
  return true;
}

/** True where nothing more is to be done about the file now. */
async function onRefusedPiece(store: DeviceStore, id: string, answer: Answer): Promise<boolean> {
  if (answer.status === 401) throw new SignInNeeded();
  if (answer.status !== 422) return false;
  const body = z.safeParse(errorBody, await answer.json().catch(() => null));
  if (!body.success) return false;
  const spoilt = ((await store.files.get([id]))[0]?.spoilt ?? 0) + 1;
  await note(store, id, {
    spoilt,
    offset: 0,
    why: 'invalid',
    ...(spoilt >= MOST_SPOILT && { state: 'refused' as const }),
  });
  return true;
}

type Answer = Awaited<ReturnType<Send>>;

/** Null where no answer came, or one that is not the server's. */
async function ask({ send = fetch }: FileLine, path: string, init: RequestInit): Promise<Answer | null> {
  try {
    const headers = { ...TUS, ...(init.headers as Record<string, string>) };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await send(path, { ...init, headers, signal, credentials: 'same-origin' });
    countUse('sent', init.body instanceof Blob ? init.body.size : 0);
    return answer.ok && answer.headers.get('tus-resumable') === null ? null : answer;
  } catch {
    return null;
  }
}

const offsetIn = (answer: Answer): number => Number(answer.headers.get('upload-offset') ?? 0);

async function note(store: DeviceStore, id: string, change: Partial<FileRecord>): Promise<void> {
  await store.transaction(async (tx) => {
    const [file] = await tx.files.get([id]);
    // Given up meanwhile, it is not to come back.
    if (file?.state === 'queued' || file?.state === 'uploading') await tx.files.put([{ ...file, ...change }]);
  });
}
