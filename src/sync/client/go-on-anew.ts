// Going on under another device id. Rare, and only after an answer of the server: fetched when it is needed.

import { bytesToBase64url } from '../../base/base64url.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Mutation } from '../core/mutation.ts';
import { forgetRows } from './apply.ts';
import type { KeptEntry, OutboxEntry } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { inOrder, isDoneAgain } from './doc-again.ts';
import { docKey } from './doc-names.ts';
import { UNGROUNDED } from './ground.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';

/**
 * Goes on under a new device id, numbered from 1: another copy of this profile has used our numbers, or the server has lost
 * some. The same `mid`s say what is known already, so nothing happens twice. Where the server has lost something, what it had
 * accepted and no backup is known to hold goes out again, in the order it was accepted, and the rows are fetched anew.
 * Nothing where another tab has done it meanwhile.
 */
export async function goOnAnew(desk: Desk, why: 'forked' | 'server-lost-some', was: string): Promise<void> {
  await desk.store.transaction(async (tx) => {
    const state = await tx.state();
    if (state.device !== was) return;
    const waiting = await tx.outbox.unsent();
    const accepted = (await tx.outbox.all()).filter((entry) => entry.version > 0).sort((a, b) => a.version - b.version);
    const again = why === 'forked' ? [] : await acceptedOnce(tx, accepted);
    // Accepted entries only wait to be shown; below zero they keep their order and take no number.
    const resting = why === 'forked' ? accepted.map((entry, i) => ({ ...entry, n: i - accepted.length })) : [];
    const ground = why === 'forked' ? {} : { epoch: UNGROUNDED };
    const device = newId();
    const owed = why === 'forked' ? [] : await takeOwed(tx, desk, device);
    const fresh = [...again, ...owed, ...waiting].map((entry, i) => {
      const own = why === 'forked' ? entry : asDoneFirst(desk, entry, device);
      return { ...own, ...ground, n: i + 1, version: 0 };
    });
    await tx.outbox.clear();
    await tx.outbox.put([...resting, ...fresh]);
    const numbers = { device, lastN: fresh.length, answeredN: 0 };
    await tx.putState({ ...state, ...numbers, epoch: why === 'forked' ? state.epoch : null });
    if (why === 'server-lost-some') {
      await tx.kept.clear();
      // The server says of each at once whether it is still there.
      const sent = await tx.files.inState('stored');
      await tx.files.put(sent.map(({ through: _, ...file }) => ({ ...file, state: 'queued', offset: 0 })));
      await forgetRows(tx, desk);
    }
  });
}

async function acceptedOnce(tx: DeviceTables, accepted: readonly OutboxEntry[]): Promise<(KeptEntry | OutboxEntry)[]> {
  const all = [...(await tx.kept.all()), ...accepted];
  return all.sort((a, b) => a.version - b.version);
}

/**
 * What was done again goes out as it was done first: the server may have lost that it refused that one, and a copy of this profile
 * may still hold it. So in each life of the server it is one act, and has one effect; refused as before, it goes out as it was done
 * again. Not what a worker has sent in this life.
 */
function asDoneFirst(desk: Desk, entry: KeptEntry | OutboxEntry, device: string): KeptEntry | OutboxEntry {
  const { first, version, epoch } = entry;
  if (first === undefined || (version > 0 && epoch === UNGROUNDED)) return entry;
  const { later: _, parcel, ...rest } = entry;
  return { ...entryOf(desk, first, device), later: { ...rest, parcel: bytesToBase64url(parcel) } };
}

/** What was refused and is about to be done again: the refusal was of a life that is over. */
async function takeOwed(tx: DeviceTables, desk: Desk, device: string): Promise<OutboxEntry[]> {
  const owed = (await tx.rejections.all()).filter(isDoneAgain).sort(inOrder);
  for (const { mid } of owed) await tx.rejections.delete(mid);
  return owed.map(({ first, mutation }) => entryOf(desk, must(first ?? mutation ?? undefined, 'an act'), device));
}

function entryOf(desk: Desk, mutation: Mutation, device: string): OutboxEntry {
  return sealedEntry(desk, { mutation, device, keys: [docKey(desk.cipher, String(mutation.args['document']))] });
}
