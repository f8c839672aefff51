// What was lost with a store, in numbers: what this browser remembers of it against what the server has answered.

import * as z from 'zod/mini';
import type { Found } from '../../sync/client/set-up-again.ts';
import type { StoreNote } from '../../sync/client/registry.ts';
import { lossKey } from './loss-key.ts';

const lossShape = z.object({
  /** Null where nobody knows. */
  lost: z.nullable(z.number()),
  found: z.number(),
});
export type Loss = z.infer<typeof lossShape>;

/** How many acts never reached the server: they were numbered in order, and it answers in order. */
export function notReached({ lastN }: Pick<StoreNote, 'lastN'>, answeredN: number): number {
  return Math.max(0, lastN - answeredN);
}

/** What is lost for good, less what was found again. */
export function lossOf(noted: StoreNote | undefined, answeredN: number, found: Found): Loss {
  if (noted === undefined) return { lost: null, found: found.unsent };
  const lost = Math.max(0, notReached(noted, answeredN) - found.unsent) + Math.max(0, noted.refused - found.refused);
  return { lost, found: found.unsent };
}

export function keepLoss(membershipId: string, loss: Loss): void {
  localStorage.setItem(lossKey(membershipId), JSON.stringify(loss));
}

export function keptLoss(membershipId: string): Loss | undefined {
  return z.safeParse(lossShape, JSON.parse(localStorage.getItem(lossKey(membershipId)) ?? 'null')).data;
}

export function forgetLoss(membershipId: string): void {
  localStorage.removeItem(lossKey(membershipId));
}
