// Own updates of documents in the outbox: numbered, sealed and sent like any act, and found by the document that they are of. Knows
// no Yjs: an update is bytes.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToBase64url } from '../../base/base64url.ts';
import { uuidOf } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { parseDocName } from '../core/doc-kind.ts';
import { updateArgs } from '../core/doc-wire.ts';
import type { UpdateArgs } from '../core/doc-wire.ts';
import type { Mutation, RefusalCode } from '../core/mutation.ts';
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
}

/** Queues an update under the device's next number. Returns whether it fits into an act. */
export async function queueUpdate(tx: DeviceTables, desk: Desk, own: OwnUpdate): Promise<boolean> {
  const state = await tx.state();
  const { document, update, intent, mid, at, again } = own;
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
  await tx.outbox.put([{ ...entry, epoch: state.epoch, ...(again !== undefined && { again }) }]);
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

/** Nothing was wrong with what its author said: it stood on what is not there, or came to a document that is full or not begun. */
const DONE_AGAIN: readonly RefusalCode[] = ['gap', 'client-taken', 'segment-closed'];
const AGAIN_MOST = 5;

/** From here on it is its author's to decide. */
export const NOT_AGAIN = AGAIN_MOST;

/** Whether the device itself does a refused update again. */
export function isDoneAgain(rejection: Rejection): boolean {
  const { code, again = 0 } = rejection;
  const said = updateOf(rejection);
  if (said === undefined || again >= AGAIN_MOST) return false;
  return DONE_AGAIN.includes(code) || (code === 'not-there' && (parseDocName(said.document)?.segment ?? 1) > 1);
}

/** The id of an act that is done again: of two copies of a profile that both do, one has an effect. */
export function againId(mid: string): string {
  return uuidOf(sha256(new TextEncoder().encode(`again ${mid}`)));
}
