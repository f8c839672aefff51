// What waits, on its way out as parcels: needs no key of the person's, so the lock screen and the service worker send like
// this too. It knows no mutator: whoever sends only this stays small.

import { bytesToBase64url } from '../../base/base64url.ts';
import { pushAnswer } from '../core/protocol.ts';
import type { ParcelItem, PushAnswer } from '../core/protocol.ts';
import { lowestOf } from '../core/versions.ts';
import type { OutboxEntry, SyncState } from './database.ts';
import type { DeviceStore, DeviceTables } from './device-store.ts';
import { inLifeOf, isGroundedIn, UNGROUNDED } from './ground.ts';
import type { DeviceMembership } from './registry.ts';
import { WireError } from './wire.ts';
import type { Post, Send } from './wire.ts';

export interface Line {
  readonly post: Post;
  /** How files go out; the page's own requests, where nothing is said. */
  readonly send?: Send;
  readonly practice: string;
  /** The protocols that this program speaks; those of its release, where nothing is said. */
  readonly protocols?: readonly number[];
  /** What was last asked over it had no answer. */
  readonly isDead?: boolean;
}

export type Sender = Pick<SyncState, 'device' | 'epoch'>;

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

/** As it was sealed; with the number it goes under where that is another now, and without a ground that is over. */
export function parcelOf(entry: OutboxEntry, { device, epoch }: Sender): ParcelItem {
  const { n, header, parcel } = entry;
  return {
    header,
    sealed: bytesToBase64url(parcel),
    ...((header.device !== device || header.n !== n) && { n }),
    ...(!isGroundedIn(epoch, entry) && { base: 0 }),
  };
}

const BATCH = 500;

/**
 * Sends what waits, as parcels, under whoever's session it is; the server compares. Returns how much still waits: what was
 * refused stays, since only the unlocked app can give its author the words back. Throws as `post` does.
 */
export async function sendParcels(
  { store, membership }: { store: DeviceStore; membership: Pick<DeviceMembership, 'id' | 'practice'> },
  { post, protocols }: Omit<Line, 'practice'>,
): Promise<number> {
  const { id, practice } = membership;
  for (;;) {
    const { answeredN } = await store.state();
    const { batch, device, epoch } = await queuedOf(store, { limit: BATCH, after: answeredN });
    if (batch.length === 0) break;
    const send = (known: string | null) => {
      const parcels = batch.map((entry) => parcelOf(entry, { device, epoch: known }));
      const body = { protocol: lowestOf(protocols), membership: id, device, epoch: known, parcels };
      return post(`/sync/${practice}/parcels`, body, pushAnswer);
    };
    // What to do about another life of the server needs a key; to send does not, without the ground that is over.
    const answer = await send(epoch).catch((error: unknown) => {
      if (error instanceof WireError && error.code === 'epoch-changed') return send(null);
      throw error;
    });
    await noteAnswers(store, device, answer);
    if (answer.results.some((one) => one.result === 'held')) break;
  }
  return store.outbox.countUnsent();
}

/** What was accepted is noted as such; of what was refused only that it was answered. */
async function noteAnswers(store: DeviceStore, device: string, { results, epoch }: PushAnswer): Promise<void> {
  const versions = new Map(results.flatMap((one) => (one.result === 'applied' ? [[one.mid, one.version]] : [])));
  const answered = results.filter((one) => one.result !== 'held').map((one) => one.n);
  await store.transaction(async (tx) => {
    const accepted = (await tx.outbox.byMids([...versions.keys()])).filter((entry) => entry.version === 0);
    const state = inLifeOf(await tx.state(), epoch);
    // In another life than the one that the device knows: the unlocked app has still to see that.
    const ground = epoch === undefined || state.epoch === epoch ? {} : { epoch: UNGROUNDED };
    const versionOf = (entry: OutboxEntry) => Math.max(1, versions.get(entry.mid) ?? 1);
    await tx.outbox.put(accepted.map((entry) => ({ ...entry, ...ground, version: versionOf(entry) })));
    // Under other numbers meanwhile, the answer says nothing of them.
    const answeredN = state.device === device ? Math.max(state.answeredN, ...answered) : state.answeredN;
    await tx.putState({ ...state, answeredN });
  });
}
