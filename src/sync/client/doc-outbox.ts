// Own updates of documents in the outbox: numbered, sealed and sent like any act, and found by the document that they are of. Knows
// no Yjs: an update is bytes.

import { bytesToBase64url } from '../../base/base64url.ts';
import type { JsonObject } from '../../base/json.ts';
import { updateArgs } from '../core/doc-wire.ts';
import type { UpdateArgs } from '../core/doc-wire.ts';
import type { Mutation } from '../core/mutation.ts';
import { UPDATE_MUTATION } from '../core/mutation.ts';
import { LIMITS } from '../core/protocol.ts';
import type { OutboxEntry, Rejection } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { docKey } from './doc-names.ts';
import { newsOf } from './ground.ts';
import { sealedEntry } from './mutate.ts';
import type { Desk } from './mutate.ts';

/** A change of a document as it is queued. */
export interface OwnUpdate {
  readonly document: string;
  readonly update: Uint8Array;
  readonly intent: JsonObject;
  readonly mid: string;
  readonly at: string;
  readonly again?: number;
  readonly first?: Mutation;
}

/** Queues an update under the device's next number. Returns whether it fits into an act. */
export async function queueUpdate(tx: DeviceTables, desk: Desk, own: OwnUpdate): Promise<boolean> {
  const state = await tx.state();
  const { document, update, intent, mid, at, again, first } = own;
  const args = { document, update: bytesToBase64url(update), intent, by: desk.memberId };
  if (JSON.stringify(args).length > LIMITS.argsBytes) return false;
  const mutation: Mutation = {
    n: state.lastN + 1,
    mid,
    name: UPDATE_MUTATION,
    v: 1,
    args,
    base: newsOf(state),
    at,
  };
  const entry = sealedEntry(desk, { mutation, device: state.device, keys: [docKey(desk.cipher, document)] });
  const before = { ...(again !== undefined && { again }), ...(first !== undefined && { first }) };
  await tx.outbox.put([{ ...entry, epoch: state.epoch, ...before }]);
  await tx.putState({ ...state, lastN: state.lastN + 1 });
  return true;
}

/** What was written here and has not come back from the server yet, in order. */
export async function ownUpdates(
  tables: DeviceTables,
  { cipher }: Pick<Desk, 'cipher'>,
  document: string,
): Promise<OutboxEntry[]> {
  const entries = await tables.outbox.over([docKey(cipher, document)]);
  return entries.sort((a, b) => a.n - b.n);
}

/** The arguments of an entry or a refused act that is an update; undefined of any other. */
export function updateOf({ mutation }: Pick<OutboxEntry | Rejection, 'mutation'>): UpdateArgs | undefined {
  return mutation?.name === UPDATE_MUTATION ? updateArgs.safeParse(mutation.args).data : undefined;
}
