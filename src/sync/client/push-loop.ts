// Sends the outbox in order, at least once, and takes in the answers. An entry leaves only by an answer; a failure leaves
// everything as it was.

import { must } from '../../base/must.ts';
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

/** The first batch, and that of a line that was dead just now: what is read to be sent without a network is read in vain, each act. */
const FIRST_BATCH = 50;
const FEELER = 2;
const GROWTH = 4;

/** A batch that was answered, and the answer's being taken in. */
interface Answered {
  readonly device: string;
  readonly through: number;
  readonly taken: Promise<void>;
}

/**
 * Pushes until nothing is queued or the server holds what is next. The next batch travels while the answer to the one before
 * is taken in; answers are taken in one after another. Throws as `post` does.
 */
export async function pushAll(desk: Desk, line: Line): Promise<Pushed> {
  let size = line.isDead === true ? FEELER : FIRST_BATCH;
  let before: Answered | null = null;
  for (;;) {
    const { batch, device, epoch } = await queuedOf(desk.store, { limit: size, after: before?.through ?? 0 });
    if (before !== null && !isNext(before, { batch, device, epoch })) {
      await before.taken;
      before = null;
      continue;
    }
    if (batch.length === 0) return 'all';
    try {
      const answer = await sendBatch(line, { membership: desk.memberId, device, epoch }, batch);
      await before?.taken;
      const taken = applyResults(desk, answer);
      const isHeld = answer.results.some((result) => result.result === 'held');
      const isLast = isHeld || batch.length < size;
      if (isLast) await taken;
      if (isHeld) return 'held';
      // Whoever waits for it hears of it.
      taken.catch(() => undefined);
      before = isLast ? null : { device, through: must(batch.at(-1), 'an entry').n, taken };
      size = Math.min(LIMITS.batch, size * GROWTH);
    } catch (error) {
      await before?.taken;
      before = null;
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

/**
 * Whether a batch may go before the last answer is taken in: it follows at once, under the same device id, and this device knows
 * in which life of the server it is; else what it was done on would not count.
 */
function isNext(before: Answered, { batch, device, epoch }: Sender & { batch: readonly OutboxEntry[] }): boolean {
  return epoch !== null && device === before.device && batch[0]?.n === before.through + 1;
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
