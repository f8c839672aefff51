// Giving up an unsent act, by its author's choice. Its number stays taken, so that numbers have no gap.

import { VOID_MUTATION } from '../core/mutation.ts';
import { applyResults } from './apply.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';

/** Replaces an unsent act by one without effect under the same number, and takes back what it showed. */
export async function discard(desk: Desk, n: number): Promise<void> {
  const { db } = desk;
  await db.transaction('rw', [db.row, db.base, db.outbox, db.rejection, db.state], async () => {
    const entry = await db.outbox.get(n);
    if (entry?.mutation === undefined || entry.version > 0) return;
    const mutation = { ...entry.mutation, name: VOID_MUTATION, v: 1, args: {} };
    const { device } = entry.header;
    await applyResults(desk, [{ n, mid: entry.mid, result: 'refused', code: 'not-allowed' }]);
    await db.rejection.delete(entry.mid);
    // In its own place: of a device that has forked since, it is not where its number says.
    await db.outbox.put({ ...sealedEntry(desk, { mutation, device, keys: [] }), n });
  });
}
