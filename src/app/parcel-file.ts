// Unsent work as a file: the parcels, which only the practice can open. Whoever carries it can read nothing in it.

import * as z from 'zod/mini';
import { bytesToBase64url } from '../base/base64url.ts';
import { newId } from '../base/ids.ts';
import { LIMITS, parcelHeader, pushAnswer } from '../sync/core/protocol.ts';
import type { OutboxEntry } from '../sync/client/database.ts';
import type { DeviceMembership } from '../sync/client/registry.ts';
import { post } from '../sync/client/wire.ts';

const fileShape = z.object({
  interlude: z.literal('parcels.1'),
  practice: z.string(),
  membership: z.string(),
  parcels: z.array(z.object({ header: parcelHeader, sealed: z.string() })).check(z.minLength(1)),
});

/** Offers the parcels of these entries as a download. */
export function saveParcels(membership: DeviceMembership, entries: readonly OutboxEntry[]): void {
  const parcels = entries.map(({ header, parcel }) => ({ header, sealed: bytesToBase64url(parcel) }));
  const file = { interlude: 'parcels.1', practice: membership.practice, membership: membership.id, parcels };
  const url = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'interlude-not-sent.json';
  link.click();
  URL.revokeObjectURL(url);
}

export interface FileSent {
  readonly taken: number;
  /** What has to wait until the practice knows this release: the file is still needed. */
  readonly held: number;
}

/** Sends a file of this membership's parcels; what the practice has already is not taken twice. Null: not such a file. */
export async function sendParcelFile(membership: DeviceMembership, file: File): Promise<FileSent | null> {
  const parsed = fileShape.safeParse(
    await file
      .text()
      .then(JSON.parse)
      .catch(() => null),
  );
  if (!parsed.success || parsed.data.membership !== membership.id) return null;
  const { parcels, practice } = parsed.data;
  // A device of its own carries them: where some had arrived by another way, their `mid`s say so.
  const device = newId();
  const inOrder = [...parcels].sort((a, b) => (a.header.mid < b.header.mid ? -1 : 1));
  let taken = 0;
  for (let from = 0; from < inOrder.length; from += LIMITS.batch) {
    const batch = inOrder.slice(from, from + LIMITS.batch).map((one, i) => ({ ...one, n: from + i + 1 }));
    const body = { membership: membership.id, device, parcels: batch };
    const answer = await post(`/sync/${practice}/parcels`, body, pushAnswer);
    taken += answer.results.filter((one) => one.result === 'applied').length;
    // With the first one that is held, all after it are.
    const firstHeld = answer.results.findIndex((one) => one.result === 'held');
    if (firstHeld >= 0) return { taken, held: inOrder.length - from - firstHeld };
  }
  return { taken, held: 0 };
}
