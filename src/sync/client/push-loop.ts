// Sends the outbox in order, at least once, and takes in the answers. An entry leaves only by an answer; a failure leaves
// everything as it was.

import { bytesToBase64url } from '../../base/base64url.ts';
import { newId } from '../../base/ids.ts';
import { LIMITS, pushAnswer } from '../core/protocol.ts';
import type { ParcelItem, PushAnswer } from '../core/protocol.ts';
import { applyResults, forgetRows } from './apply.ts';
import type { KeptEntry, OutboxEntry, SyncState } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { groundedIn, isGroundedIn, UNGROUNDED } from './ground.ts';
import type { Desk } from './mutate.ts';
import { WireError } from './wire.ts';
import type { Post } from './wire.ts';

export interface Line {
  readonly post: Post;
  readonly practice: string;
}

/** How a push ended: nothing is left, or the server cannot judge what is next yet. */
export type Pushed = 'all' | 'held';

const FIRST_BATCH = 500;

/** Pushes until nothing is queued or the server holds what is next. Throws as `post` does. */
export async function pushAll(desk: Desk, line: Line): Promise<Pushed> {
  let size = FIRST_BATCH;
  for (;;) {
    const { batch, device, epoch } = await queuedOf(desk.store, { limit: size });
    if (batch.length === 0) return 'all';
    try {
      const answer = await sendBatch(line, { membership: desk.memberId, device, epoch }, batch);
      await applyResults(desk, answer);
      if (answer.results.some((result) => result.result === 'held')) return 'held';
      size = Math.min(LIMITS.batch, size * 2);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // Of a forked batch the front may be known: only what is refused alone was never this device's own.
      const smaller = error.code === 'too-large' || error.code === 'device-forked';
      if (smaller && batch.length > 1) size = Math.ceil(batch.length / 2);
      else if (error.code === 'device-forked' || error.code === 'gap' || error.code === 'epoch-changed') {
        await goOnAnew(desk, error.code === 'device-forked' ? 'forked' : 'server-lost-some', device);
        size = FIRST_BATCH;
      } else throw error;
    }
  }
}

/**
 * The first of what waits, in the order it was done, and whose numbers it goes under; none that comes after a hole, as what was
 * accepted behind a refusal on the lock screen leaves one.
 */
export async function queuedOf(
  tables: DeviceTables,
  { limit, after = 0 }: { limit: number; after?: number },
): Promise<Sender & { batch: OutboxEntry[] }> {
  const { device, epoch } = await tables.state();
  const waiting = await tables.outbox.unsent(limit, after);
  const hole = waiting.findIndex(({ n }, i) => i > 0 && n !== (waiting[i - 1]?.n ?? 0) + 1);
  return { batch: hole < 0 ? waiting : waiting.slice(0, hole), device, epoch };
}

type Sender = Pick<SyncState, 'device' | 'epoch'>;

/** Sends one batch: in plain where this page can read an entry, as a parcel where it cannot. */
export function sendBatch(
  line: Line,
  { membership, ...sender }: Sender & { membership: string },
  batch: readonly OutboxEntry[],
): Promise<PushAnswer> {
  if (batch.every((entry) => entry.mutation === undefined)) return sendSealed(line, { membership, ...sender }, batch);
  const mutations = batch.map((entry) => {
    const mutation = groundedIn(sender.epoch, entry);
    return mutation === undefined ? parcelOf(entry, sender) : { ...mutation, n: entry.n };
  });
  return line.post(`/sync/${line.practice}/push`, { membership, ...toldOf(sender), mutations }, pushAnswer);
}

/** Sends one batch as parcels, which needs no key. */
export function sendSealed(
  line: Line,
  { membership, ...sender }: Sender & { membership: string },
  batch: readonly OutboxEntry[],
): Promise<PushAnswer> {
  const parcels = batch.map((entry) => parcelOf(entry, sender));
  return line.post(`/sync/${line.practice}/parcels`, { membership, ...toldOf(sender), parcels }, pushAnswer);
}

/** A server in another life judges nothing that was done in this one before the device has heard of it. */
function toldOf({ device, epoch }: Sender): { device: string; epoch?: string } {
  return { device, ...(epoch !== null && { epoch }) };
}

/** As it was sealed; with the number it goes under where that is another now, and without a ground that is over. */
function parcelOf(entry: OutboxEntry, { device, epoch }: Sender): ParcelItem {
  const { n, header, parcel } = entry;
  return {
    header,
    sealed: bytesToBase64url(parcel),
    ...((header.device !== device || header.n !== n) && { n }),
    ...(!isGroundedIn(epoch, entry) && { base: 0 }),
  };
}

/**
 * Goes on under a new device id, numbered from 1: another copy of this profile has used our numbers, or the server has lost
 * some. The same `mid`s say what is known already, so nothing happens twice. Where the server has lost something, what it had
 * accepted and no backup is known to hold goes out again, in the order it was accepted, and the rows are fetched anew.
 * Nothing where another tab has done it meanwhile.
 */
export async function goOnAnew(desk: Desk, why: 'forked' | 'server-lost-some', device: string): Promise<void> {
  await desk.store.transaction(async (tx) => {
    const state = await tx.state();
    if (state.device !== device) return;
    const waiting = await tx.outbox.unsent();
    const accepted = (await tx.outbox.all()).filter((entry) => entry.version > 0).sort((a, b) => a.version - b.version);
    const again = why === 'forked' ? [] : await acceptedOnce(tx, accepted);
    // Accepted entries only wait to be shown; below zero they keep their order and take no number.
    const resting = why === 'forked' ? accepted.map((entry, i) => ({ ...entry, n: i - accepted.length })) : [];
    const ground = why === 'forked' ? {} : { epoch: UNGROUNDED };
    const fresh = [...again, ...waiting].map((entry, i) => ({ ...entry, ...ground, n: i + 1, version: 0 }));
    await tx.outbox.clear();
    await tx.outbox.put([...resting, ...fresh]);
    await tx.putState({ ...state, device: newId(), lastN: fresh.length, answeredN: 0 });
    if (why === 'server-lost-some') {
      await tx.kept.clear();
      await forgetRows(tx, desk);
    }
  });
}

async function acceptedOnce(tx: DeviceTables, accepted: readonly OutboxEntry[]): Promise<(KeptEntry | OutboxEntry)[]> {
  const all = [...(await tx.kept.all()), ...accepted];
  return all.sort((a, b) => a.version - b.version);
}
