// Writing while locked. A quick entry needs no key of the person's: it is sealed to the practice, to be sent as a parcel,
// and to this device's own key, to be read again after the next unlock. Parcels go out from the lock screen too.

import { canonicalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import type { Mutation } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import { openSealingSession, parcelOpener } from '../core/parcel.ts';
import type { PushAnswer } from '../core/protocol.ts';
import { keysOf, replay } from '../core/rebase.ts';
import { parseMutation } from '../core/run.ts';
import type { Declarations } from '../core/run.ts';
import { inLifeOf } from './apply.ts';
import type { OutboxEntry, Rejection } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { hourOf, localKey, readVisible, refOf, rowIn, toLocalRow } from './local-rows.ts';
import { keepBases } from './mutate.ts';
import type { Desk } from './mutate.ts';
import { queuedOf, sendSealed } from './push-loop.ts';
import type { Line } from './push-loop.ts';
import type { DeviceMembership } from './registry.ts';
import { openDeviceKey } from './vault/keys.ts';
import type { SealedDeviceKey, VaultKeys } from './vault/keys.ts';
import { WireError } from './wire.ts';

/** Queues an act without any key of the person's; `store` is open without one. When the promise resolves, the disk has it. */
export async function queueLocked(
  { store, declared, membership }: LockedDesk,
  act: { name: string; args: JsonObject; at: string },
): Promise<void> {
  const parsed = parseMutation(declared.mutators, act);
  if (typeof parsed === 'string' || isRefusal(parsed)) throw new Error(`${act.name} cannot be queued`);
  const { sealing } = await store.state();
  const [toPractice, toDevice] = [await openSealingSession(sealing), await openSealingSession(membership.deviceKey)];
  const { name, args, at } = act;
  const mid = newId(Date.parse(at));
  await store.transaction(async (tx) => {
    const state = await tx.state();
    const n = state.lastN + 1;
    const mutation = { n, mid, name, v: parsed.mutator.version, args, base: state.cursor ?? 0, at };
    const header = { user: membership.id, device: state.device, n, mid, kind: 'mutation' as const };
    const plain = new TextEncoder().encode(canonicalJson(mutation));
    const sealed = { parcel: toPractice.seal(header, plain), locked: toDevice.seal(header, plain) };
    const place = { n, mid, keys: [], version: 0, epoch: state.epoch, bytes: plain.length, hour: hourOf(at) };
    await tx.outbox.put([{ ...place, header, ...sealed }]);
    await tx.putState({ ...state, lastN: n });
  });
}

/** What there is to act with while locked. */
export interface LockedDesk {
  readonly store: DeviceStore;
  readonly declared: Declarations;
  readonly membership: DeviceMembership;
}

const BATCH = 500;

/**
 * Sends what waits, as parcels, under whoever's session it is; the server compares. Returns how much still waits: what was
 * refused stays, since only the unlocked app can give its author the words back. Throws as `post` does.
 */
export async function sendParcels(
  { store, membership }: Omit<LockedDesk, 'declared'>,
  { post }: Pick<Line, 'post'>,
): Promise<number> {
  const line = { post, practice: membership.practice };
  for (;;) {
    const { answeredN } = await store.state();
    const { batch, ...sender } = await queuedOf(store, { limit: BATCH, after: answeredN });
    if (batch.length === 0) break;
    const send = (epoch: string | null) => sendSealed(line, { membership: membership.id, ...sender, epoch }, batch);
    // What to do about another life of the server needs a key; to send does not, without the ground that is over.
    const answer = await send(sender.epoch).catch((error: unknown) => {
      if (error instanceof WireError && error.code === 'epoch-changed') return send(null);
      throw error;
    });
    await noteAnswers(store, sender.device, answer);
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
    await tx.outbox.put(accepted.map((entry) => ({ ...entry, version: Math.max(1, versions.get(entry.mid) ?? 1) })));
    const state = inLifeOf(await tx.state(), epoch);
    // Under other numbers meanwhile, the answer says nothing of them.
    const answeredN = state.device === device ? Math.max(state.answeredN, ...answered) : state.answeredN;
    await tx.putState({ ...state, answeredN });
  });
}

/** After an unlock: entries written while locked become ordinary ones, shown and replayed like all others. */
export async function takeInLockedEntries(desk: Desk, sealedKey: SealedDeviceKey, keys: VaultKeys): Promise<void> {
  const { store } = desk;
  const waiting = (await store.outbox.all()).filter(isSealed);
  const refused = (await store.rejections.all()).filter(isSealed);
  if (waiting.length + refused.length === 0) return;
  const own = await openDeviceKey(keys, sealedKey);
  if (own === null) return;
  const open = parcelOpener((id) => (id === own.keyId ? own : undefined));
  const read = async ({ header, locked }: SealedHere): Promise<Mutation | null> => {
    const opened = await open({ header, bytes: locked });
    return opened.status === 'opened' ? (JSON.parse(new TextDecoder().decode(opened.plaintext)) as Mutation) : null;
  };
  for (const entry of waiting) {
    const mutation = await read(entry);
    if (mutation !== null) await takeIn(desk, entry, mutation);
  }
  for (const { locked: _, ...rejection } of await Promise.all(
    refused.map(async (one) => ({ ...one, mutation: await read(one) })),
  )) {
    if (rejection.mutation !== null) await store.rejections.put(rejection);
  }
}

type SealedHere = Required<Pick<OutboxEntry, 'header' | 'locked'>>;

/** Written on the lock screen and not read since. */
function isSealed<E extends OutboxEntry | Rejection>(entry: E): entry is E & SealedHere {
  return entry.locked !== undefined && entry.header !== undefined && !entry.mutation;
}

async function takeIn(desk: Desk, { locked: _, ...entry }: OutboxEntry, mutation: Mutation): Promise<void> {
  const refs = keysOf(desk.declared.mutators, mutation).map(refOf);
  await desk.store.transaction(async (tx) => {
    // Sent and answered by another tab meanwhile.
    const [there] = await tx.outbox.byMids([entry.mid]);
    if (there === undefined) return;
    const known = await readVisible(tx, desk, refs);
    const run = { pending: [mutation], by: desk.memberId, device: (await tx.state()).device };
    const { rows, changed } = replay(desk.declared, known, run);
    const written = [...changed].flatMap((key) => rowIn(rows, key) ?? []);
    await keepBases(tx, desk, { changed: written, before: (key) => rowIn(known, key) });
    await tx.rows.put(written.map((row) => toLocalRow(desk, row)));
    const { n, version } = there;
    await tx.outbox.put([{ ...entry, n, version, keys: refs.map((ref) => localKey(desk.cipher, ref)), mutation }]);
  });
}
