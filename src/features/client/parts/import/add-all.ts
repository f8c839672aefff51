// Takes on one after another, each by an act of its own: what is done stays done, whatever stops the rest.

import { atMostEach } from './at-most-each.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { troubleOf } from '../../../../sync/client/react.ts';
import type { useMutate } from '../../../../sync/client/react.ts';
import { addClient } from '../../mutators.ts';
import type { Newcomer } from './judge.ts';

/** So often they are sent while it goes on: each start of the exchange goes through all that waits. */
const SENT_EACH_MS = 1000;

type Mutate = ReturnType<typeof useMutate>;

export interface Adding {
  readonly people: readonly { readonly n: number; readonly newcomer: Newcomer }[];
  readonly mutate: (act: { name: string; args: JsonObject }, how: { ofMany: boolean }) => ReturnType<Mutate>;
  /** Sends what waits, and fetches. */
  readonly send: () => void;
  /** Who does it and when, with where care begins. */
  readonly said: () => JsonObject;
  readonly isStopped: () => boolean;
  readonly onDone: (done: number) => void;
}

export interface Added {
  /** The rows of those who were taken on. */
  readonly added: ReadonlySet<number>;
  /** Why the device itself said no, by row. */
  readonly refused: ReadonlyMap<number, string>;
  readonly end: 'all' | 'stopped' | 'full' | 'failed';
  /** What nobody foresaw; it is the caller's to throw. */
  readonly error?: unknown;
}

export async function addAll({ people, mutate, send, said, isStopped, onDone }: Adding): Promise<Added> {
  const added = new Set<number>();
  const refused = new Map<number, string>();
  const sending = atMostEach(SENT_EACH_MS, send);
  try {
    for (const { n, newcomer } of people) {
      if (isStopped()) return { added, refused, end: 'stopped' };
      const { id, details, contacts } = newcomer;
      const args = { ...said(), id, details, ...(contacts.length > 0 && { contacts }) } as JsonObject;
      const refusal = await mutate({ name: addClient.name, args }, { ofMany: true });
      if (refusal === undefined) {
        added.add(n);
        sending.ask();
      } else refused.set(n, refusal.code);
      onDone(added.size + refused.size);
    }
    return { added, refused, end: 'all' };
  } catch (error) {
    const trouble = troubleOf(error);
    return trouble === undefined ? { added, refused, end: 'failed', error } : { added, refused, end: trouble };
  } finally {
    // Whatever ended it: nothing of it waits for another act.
    if (sending.stop()) send();
  }
}
