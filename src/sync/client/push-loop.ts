// Sends the outbox in order, at least once, and takes in the answers. An entry leaves only by an answer; a failure leaves
// everything as it was.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64url } from '../../base/base64url.ts';
import { uuidOf } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { LIMITS, pushAnswer } from '../core/protocol.ts';
import type { PushAnswer } from '../core/protocol.ts';
import { applyResults } from './apply.ts';
import type { MembershipDatabase, OutboxEntry } from './database.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';
import { WireError } from './wire.ts';
import type { Post } from './wire.ts';

export interface Line {
  readonly post: Post;
  readonly practice: string;
}

const FIRST_BATCH = 500;

/** Pushes until nothing is queued. Throws as `post` does. */
export async function pushAll(desk: Desk, line: Line): Promise<void> {
  let size = FIRST_BATCH;
  for (;;) {
    const queued = await queuedOf(desk.db, size);
    const batch = sameForm(queued);
    if (batch.length === 0) return;
    try {
      const answer = await sendBatch(line, desk.memberId, batch);
      await applyResults(desk, answer.results);
      if (answer.results.every((result) => result.result === 'held')) return;
      size = Math.min(LIMITS.batch, size * 2);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // Of a forked batch the front may be known: only what is refused alone was never this device's own.
      const smaller = error.code === 'too-large' || error.code === 'device-forked';
      if (smaller && batch.length > 1) size = Math.ceil(batch.length / 2);
      else if (error.code === 'device-forked' || error.code === 'gap') {
        await renumber(desk);
        size = FIRST_BATCH;
      } else throw error;
    }
  }
}

/** The first of what waits, in the order it was done. */
export function queuedOf(db: MembershipDatabase, limit: number): Promise<OutboxEntry[]> {
  // Entries of one version lie in order of `n`.
  return db.outbox.where('version').equals(0).limit(limit).toArray();
}

/**
 * The entries from the front that travel together: numbered without a gap (after an epoch change there may be one) by the
 * same device (one that forked has two), and in plain, or as parcels where this page cannot read them.
 */
export function sameForm(queued: readonly OutboxEntry[]): OutboxEntry[] {
  const form = ({ mutation, header }: OutboxEntry, i: number) =>
    `${mutation === undefined} ${header.device} ${header.n - i}`;
  const end = queued.findIndex((entry, i) => form(entry, i) !== form(must(queued[0], 'an entry'), 0));
  return queued.slice(0, end < 0 ? undefined : end);
}

/** Sends one batch whose entries have the same form. */
export function sendBatch(line: Line, membership: string, batch: readonly OutboxEntry[]): Promise<PushAnswer> {
  const { device } = must(batch[0], 'an entry').header;
  const mutations = batch.flatMap((entry) => (entry.mutation ? [{ ...entry.mutation }] : []));
  if (mutations.length > 0) {
    return line.post(`/sync/${line.practice}/push`, { membership, device, mutations }, pushAnswer);
  }
  const parcels = batch.map(({ header, parcel }) => ({ header, sealed: bytesToBase64url(parcel) }));
  return line.post(`/sync/${line.practice}/parcels`, { membership, device, parcels }, pushAnswer);
}

/**
 * Another copy of this profile has used our numbers, or the server has lost some: what is unsent goes on under a new device
 * id, numbered from 1, with the same `mid`. Entries that this page cannot read keep their place as they are.
 */
async function renumber(desk: Desk): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.outbox, db.state], async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    const queued = await db.outbox.where('version').equals(0).toArray();
    const device = nextDevice(state.device, must(queued[0], 'an entry').mid);
    const fresh = queued.flatMap(({ mutation, keys }, i) =>
      mutation === undefined ? [] : [sealedEntry(desk, { mutation: { ...mutation, n: i + 1 }, device, keys })],
    );
    if (fresh.length < queued.length) throw new Error('a parcel of another key cannot be numbered anew');
    const accepted = await db.outbox.where('version').above(0).sortBy('n');
    await db.outbox.clear();
    // Accepted entries only wait to be shown; below zero they keep their order and take no number.
    await db.outbox.bulkAdd(accepted.map((entry, i) => ({ ...entry, n: i - accepted.length })));
    await db.outbox.bulkAdd(fresh);
    await db.state.put({ ...state, device, lastN: fresh.length });
  });
}

/**
 * The id that a device goes on under. Two copies that hold the same unsent work find the same id and the same numbers for it,
 * so that what one of them has sent already is known when the other sends it.
 */
function nextDevice(device: string, firstMid: string): string {
  const bytes = sha256(utf8ToBytes(`interlude device|${device}|${firstMid}`));
  return uuidOf(bytes);
}
