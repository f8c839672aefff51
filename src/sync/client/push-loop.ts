// Sends the outbox in order, at least once, and takes in the answers. An entry leaves only by an answer; a failure leaves
// everything as it was.

import { LIMITS, pushAnswer } from '../core/protocol.ts';
import type { PushAnswer } from '../core/protocol.ts';
import { applyResults } from './apply.ts';
import type { OutboxEntry } from './database.ts';
import { groundedIn } from './ground.ts';
import type { Desk } from './mutate.ts';
import { parcelOf, queuedOf } from './parcels-out.ts';
import type { Line, Sender } from './parcels-out.ts';
import { WireError } from './wire.ts';

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
        const { goOnAnew } = await import('./go-on-anew.ts');
        await goOnAnew(desk, error.code === 'device-forked' ? 'forked' : 'server-lost-some', device);
        size = FIRST_BATCH;
      } else throw error;
    }
  }
}

/** Sends one batch: in plain where this page can read all of an entry, as a parcel where it cannot. */
export function sendBatch(
  line: Line,
  { membership, ...sender }: Sender & { membership: string },
  batch: readonly OutboxEntry[],
): Promise<PushAnswer> {
  const { device, epoch } = sender;
  if (batch.every((entry) => entry.mutation === undefined)) {
    const parcels = batch.map((entry) => parcelOf(entry, sender));
    return line.post(`/sync/${line.practice}/parcels`, { membership, device, epoch, parcels }, pushAnswer);
  }
  const mutations = batch.map((entry) => {
    const mutation = entry.partial ? undefined : groundedIn(sender.epoch, entry);
    return mutation === undefined ? parcelOf(entry, sender) : { ...mutation, n: entry.n };
  });
  return line.post(`/sync/${line.practice}/push`, { membership, device, epoch, mutations }, pushAnswer);
}
