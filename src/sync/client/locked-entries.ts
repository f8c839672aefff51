// Writing while locked. A quick entry needs no key of the person's: it is sealed to the practice, to be sent as a parcel,
// and to this device's own key, to be read again after the next unlock.

import { canonicalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import type { Mutation } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import { openSealingSession, parcelOpener } from '../core/parcel.ts';

import { keysOf, replay } from '../core/rebase.ts';
import { parseMutation } from '../core/run.ts';
import type { Declarations } from '../core/run.ts';
import type { OutboxEntry, Rejection } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { newsOf } from './ground.ts';
import { hourOf, localKey, readVisible, refOf, rowIn, toLocalRow } from './local-rows.ts';
import { keepBases } from './mutate.ts';
import type { Desk } from './mutate.ts';
import type { DeviceMembership } from './registry.ts';
import { openDeviceKey } from './vault/keys.ts';
import type { SealedDeviceKey, VaultKeys } from './vault/keys.ts';

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
    if ((await tx.outbox.byMids([mid])).length > 0) return;
    const state = await tx.state();
    const n = state.lastN + 1;
    const mutation = { n, mid, name, v: parsed.mutator.version, args, base: newsOf(state), at };
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
