// What takes the place of an unsent act that is not to be sent: its number stays taken, so that numbers have no gap.

import { VOID_MUTATION } from '../core/mutation.ts';
import type { Mutation } from '../core/mutation.ts';
import type { OutboxEntry } from './database.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';

/** An entry without effect under the number and the `mid` of this one. */
export function voidEntry(
  desk: Desk,
  { n, mutation, device }: { n: number; mutation: Mutation; device: string },
): OutboxEntry {
  return sealedEntry(desk, { mutation: { ...mutation, n, name: VOID_MUTATION, v: 1, args: {} }, device, keys: [] });
}
