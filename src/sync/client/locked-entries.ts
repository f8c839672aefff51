// Writing while locked. A quick entry needs no key of the person's: it is sealed to the practice, to be sent as a parcel,
// and to this device's own key, to be read again after the next unlock. Parcels go out from the lock screen too.

import { canonicalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Mutation } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import { openParcel, openSealingSession } from '../core/parcel.ts';
import { keysOf, replay } from '../core/rebase.ts';
import { parseMutation } from '../core/run.ts';
import type { Declarations } from '../core/run.ts';
import { MembershipDatabase } from './database.ts';
import type { OutboxEntry } from './database.ts';
import { hourOf, localKey, readVisible, refOf, rowIn, toLocalRow } from './local-rows.ts';
import { keepBases } from './mutate.ts';
import type { Desk } from './mutate.ts';
import { queuedOf, sameForm, sendBatch } from './push-loop.ts';
import type { Line } from './push-loop.ts';
import type { DeviceMembership } from './registry.ts';
import { openDeviceKey } from './vault/keys.ts';
import type { SealedDeviceKey, VaultKeys } from './vault/keys.ts';

/** Queues an act without any key of the person's. When the promise resolves, the disk has it. */
export async function queueLocked(
  declared: Declarations,
  membership: DeviceMembership,
  act: { name: string; args: JsonObject; at: string },
): Promise<void> {
  const parsed = parseMutation(declared.mutators, act);
  if (typeof parsed === 'string' || isRefusal(parsed)) throw new Error(`${act.name} cannot be queued`);
  const db = new MembershipDatabase(membership.id, null);
  try {
    const { sealing } = must(await db.state.get('state'), 'the state of a device that has been set up');
    const [toPractice, toDevice] = [await openSealingSession(sealing), await openSealingSession(membership.deviceKey)];
    await db.transaction('rw', [db.outbox, db.state], async () => {
      const state = must(await db.state.get('state'), 'the state of a device that has been set up');
      const [n, mid] = [state.lastN + 1, newId(Date.parse(act.at))];
      const mutation = {
        n,
        mid,
        name: act.name,
        v: parsed.mutator.version,
        args: act.args,
        base: state.cursor ?? 0,
        at: act.at,
      };
      const header = { user: membership.id, device: state.device, n, mid, kind: 'mutation' as const };
      const plain = new TextEncoder().encode(canonicalJson(mutation));
      const sealed = { parcel: toPractice.seal(header, plain), locked: toDevice.seal(header, plain) };
      await db.outbox.add({
        n,
        mid,
        keys: [],
        version: 0,
        bytes: plain.length,
        hour: hourOf(act.at),
        header,
        ...sealed,
      });
      await db.state.put({ ...state, lastN: n });
    });
  } finally {
    db.close();
  }
}

/** Sends what waits, as parcels, under whoever's session it is; the server compares. Returns how much still waits. */
export async function sendParcels(membership: DeviceMembership, line: Pick<Line, 'post'>): Promise<number> {
  const db = new MembershipDatabase(membership.id, null);
  try {
    const queued = sameForm(await queuedOf(db, 500));
    if (queued.length === 0) return 0;
    const answer = await sendBatch({ ...line, practice: membership.practice }, membership.id, queued);
    await db.transaction('rw', [db.outbox], async () => {
      for (const result of answer.results) {
        // What was refused stays: only the unlocked app can give its author the words back.
        const entry = result.result === 'applied' ? await db.outbox.get({ mid: result.mid }) : undefined;
        if (entry === undefined || result.result !== 'applied') continue;
        await db.outbox.put({ ...entry, version: Math.max(1, result.version) });
      }
    });
    return await db.outbox.where('version').equals(0).count();
  } finally {
    db.close();
  }
}

/** How much of a membership waits here to be sent; needs no key. */
export async function countWaiting(membership: DeviceMembership): Promise<number> {
  const db = new MembershipDatabase(membership.id, null);
  try {
    return await db.outbox.where('version').equals(0).count();
  } finally {
    db.close();
  }
}

/** After an unlock: entries written while locked become ordinary ones, shown and replayed like all others. */
export async function takeInLockedEntries(desk: Desk, sealedKey: SealedDeviceKey, keys: VaultKeys): Promise<void> {
  const { db } = desk;
  const waiting = await db.outbox
    .filter((entry) => entry.locked !== undefined && entry.mutation === undefined)
    .toArray();
  if (waiting.length === 0) return;
  const own = await openDeviceKey(keys, sealedKey);
  if (own === null) return;
  for (const entry of waiting) {
    const bytes = must(entry.locked, 'the copy for this device');
    const opened = await openParcel({
      header: entry.header,
      bytes,
      privateKeyFor: (id) => (id === own.keyId ? own : undefined),
    });
    if (opened.status !== 'opened') continue;
    const mutation = JSON.parse(new TextDecoder().decode(opened.plaintext)) as Mutation;
    await takeIn(desk, entry, mutation);
  }
}

async function takeIn(desk: Desk, { locked: _, ...entry }: OutboxEntry, mutation: Mutation): Promise<void> {
  const { db, cipher, declared } = desk;
  const refs = keysOf(declared.mutators, mutation).map(refOf);
  await db.transaction('rw', [db.row, db.base, db.outbox], async () => {
    const known = await readVisible(db, cipher, refs);
    const { rows, changed } = replay(declared, known, {
      pending: [mutation],
      by: desk.memberId,
      device: entry.header.device,
    });
    const written = [...changed].flatMap((key) => rowIn(rows, key) ?? []);
    await keepBases(desk, written, (key) => rowIn(known, key));
    await db.row.bulkPut(written.map((row) => toLocalRow(declared, cipher, row)));
    await db.outbox.put({ ...entry, keys: refs.map((ref) => localKey(cipher, ref)), mutation });
  });
}
