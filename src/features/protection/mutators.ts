import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, words } from '../fields.ts';
import { staffOf } from '../space-names.ts';
import { REASON_MAX } from './schema.ts';

const STATE = 'protection';
const FACT = 'protectionFact';

/** `id` is the fact's; the reason is for the care team, of setting and of lifting alike. */
const args = z.strictObject({ ...authored, id, client: id, reason: words(REASON_MAX) });
type Args = z.infer<typeof args>;

/** Sets it, or says once more why it holds. */
export const setProtection = defineMutator({
  name: 'protection.setProtection',
  version: 1,
  verb: 'create',
  args,
  reads: (a) => [{ type: 'client', id: a.client }, ...readsOf(a)],
  resource: (a, tx) => (tx.get('client', a.client) === undefined ? NOT_THERE : resourceOf(a)),
  run(tx, a) {
    const isSet = tx.get(STATE, a.client) !== undefined;
    return addFact(tx, a, true) ?? (isSet ? setState(tx, a.client, true) : makeState(tx, a.client));
  },
});

/** Lifts it. Refused where somebody set it anew, unseen by who would lift it: it sticks. */
export const liftProtection = defineMutator({
  name: 'protection.liftProtection',
  version: 1,
  verb: 'update',
  args,
  reads: readsOf,
  resource: (a, tx) => (tx.get(STATE, a.client) === undefined ? NOT_THERE : resourceOf(a)),
  run(tx, a) {
    if (tx.get(FACT, a.id) === undefined) {
      if (tx.hasUnseen(STATE, a.client)) return { code: 'changed' };
      if (tx.get(STATE, a.client)?.fields['edSafe'] !== true) return NOT_THERE;
    }
    return addFact(tx, a, false) ?? setState(tx, a.client, false);
  },
});

const NOT_THERE: Refusal = { code: 'not-there', where: 'client' };

function readsOf(a: Args): RowRef[] {
  return [
    { type: STATE, id: a.client },
    { type: FACT, id: a.id },
  ];
}

function resourceOf(a: Args): Resource {
  return { type: STATE, id: a.client, space: staffOf(a.client) };
}

function addFact(tx: Tx, { id: fact, client, reason, at, zone }: Args, edSafe: boolean): Refusal | undefined {
  if (tx.isDeleted(FACT, fact)) return { code: 'deleted' };
  if (tx.get(FACT, fact) !== undefined) return { code: 'already-there', where: 'id' };
  tx.insert(FACT, { id: fact, space: staffOf(client), fields: { client, edSafe, reason, at, zone } });
  return undefined;
}

function makeState(tx: Tx, client: string): undefined {
  tx.insert(STATE, { id: client, space: staffOf(client), fields: { client, edSafe: true } });
}

function setState(tx: Tx, client: string, edSafe: boolean): undefined {
  tx.update(STATE, client, { edSafe });
}
