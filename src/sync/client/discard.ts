// What its author decides about an act: an unsent one is given up, its number staying taken, so that numbers have no gap; a refused
// one is done once more.

import type { Refusal } from '../core/mutation.ts';
import { UPDATE_MUTATION } from '../core/mutation.ts';
import { takeBack } from './apply.ts';
import type { DeviceTables } from './device-store.ts';
import { mutate } from './mutate.ts';
import type { Desk } from './mutate.ts';
import { voidEntry } from './void-entry.ts';

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
    await tx.outbox.put([voidEntry(desk, { n, mutation: entry.mutation, device })]);
    await takeBack(tx, desk, [entry]);
    await keepFilesHere(tx, entry.mid);
  });
}

/** Queues what was refused once more, as a new act with the same words; undefined where the device now accepts it. */
export async function resend(desk: Desk, mid: string): Promise<Refusal | undefined> {
  const mutation = (await desk.store.rejections.get(mid))?.mutation;
  if (!mutation) return undefined;
  const { name, v, args } = mutation;
  if (name !== UPDATE_MUTATION) return mutate(desk, { name, v, args, replaces: mid });
  return (await import('./docs.ts')).redoByAuthor(desk, mid);
}
