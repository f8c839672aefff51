// Another copy of this profile is found out by what it has written: until then it counts as this device, which has everything
// in view that it wrote itself, and its values would be covered unseen.

import type { PullAnswer } from '../core/protocol.ts';
import { isTombstone } from '../core/record.ts';
import type { SyncState } from './database.ts';
import type { DeviceTables } from './device-store.ts';

/**
 * Whether new rows hold a write under this device's id that this device was never told was taken. All that it has sent itself was
 * answered before it fetched; where it wrongly says yes, as after an answer that nobody took in, a new id does no harm.
 */
export async function isOfOtherCopy(
  { outbox }: Pick<DeviceTables, 'outbox'>,
  { device, cursor }: SyncState,
  answer: Pick<PullAnswer, 'rows' | 'cursor'>,
): Promise<boolean> {
  // A first fetch shows what an earlier life of the store wrote.
  if (cursor === null) return false;
  const heads = answer.rows.flatMap((row) => (isTombstone(row) ? [] : Object.values(row.heads ?? {}).flat()));
  const own = heads.filter((head) => head.device === device && head.version > cursor);
  if (own.length === 0) return false;
  const told = new Set((await outbox.acceptedUpTo(answer.cursor)).map(({ version }) => version));
  return own.some(({ version }) => !told.has(version));
}
