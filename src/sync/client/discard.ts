// Giving up an unsent act, by its author's choice. Its number stays taken, so that numbers have no gap.

import { VOID_MUTATION } from '../core/mutation.ts';
import { takeBack } from './apply.ts';
import type { DeviceTables } from './device-store.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';

/** What went with it alone is not sent any more; where no form holds it, it goes with time. */
async function keepFilesHere({ files }: DeviceTables, mid: string): Promise<void> {
  const named = (await files.inState('queued', 'uploading')).filter(({ acts }) => acts?.includes(mid));
  const left = named.map((file) => ({ ...file, acts: file.acts?.filter((act) => act !== mid) ?? [] }));
  await files.put(left.map((file) => (file.acts.length > 0 ? file : { ...file, state: 'local' })));
}

/** Replaces an unsent act by one without effect under the same number, and takes back what it showed. */
export async function discard(desk: Desk, n: number): Promise<void> {
  await desk.store.transaction(async (tx) => {
    const entry = await tx.outbox.get(n);
    if (entry?.mutation === undefined || entry.version > 0) return;
    const { device } = await tx.state();
    const mutation = { ...entry.mutation, n, name: VOID_MUTATION, v: 1, args: {} };
    await tx.outbox.put([sealedEntry(desk, { mutation, device, keys: [] })]);
    await takeBack(tx, desk, [entry]);
    await keepFilesHere(tx, entry.mid);
  });
}
