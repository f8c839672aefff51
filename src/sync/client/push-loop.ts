// Sends the outbox in order, at least once, and takes in the answers. An entry leaves only by an answer; a failure leaves
// everything as it was.

import { bytesToBase64url } from '../../base/base64url.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { LIMITS, pushAnswer } from '../core/protocol.ts';
import type { PushAnswer } from '../core/protocol.ts';
import { applyResults } from './apply.ts';
import type { OutboxEntry } from './database.ts';
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
    const queued = await desk.db.outbox.where('version').equals(0).limit(size).toArray();
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

/** The entries from the front that travel the same way: in plain, or as parcels where this page cannot read them. */
export function sameForm(queued: readonly OutboxEntry[]): OutboxEntry[] {
  const plain = queued[0]?.mutation !== undefined;
  const end = queued.findIndex((entry) => (entry.mutation !== undefined) !== plain);
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
    const device = newId(desk.now().getTime());
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
