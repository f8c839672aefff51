// Says hello once for each opening: which protocol is spoken, the practice's present sealing key, and (on the server's side)
// the session's prolongation. A client that is too old to fetch may still send.

import { helloAnswer } from '../core/protocol.ts';
import type { HelloAnswer } from '../core/protocol.ts';
import { PROTOCOLS, RELEASE } from '../core/versions.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import { Weather } from './wire.ts';
import type { Post } from './wire.ts';

export interface Greeting {
  readonly practice: string;
  readonly membership: string;
  readonly device: string;
}

/** Throws as `post` does; `client-too-old` and `server-too-old` as a `WireError`. */
export async function sayHello(
  post: Post,
  { practice, ...who }: Greeting,
  protocols = PROTOCOLS,
): Promise<HelloAnswer> {
  const answer = await post(`/sync/${practice}/hello`, { protocols, build: RELEASE, ...who }, helloAnswer);
  // Not an answer of ours.
  if (!protocols.includes(answer.protocol)) throw new Weather();
  return answer;
}

/**
 * Greets for an open workspace and keeps the sealing key, and who is signed in, for the next opening. A server that remembers fewer numbers of this
 * device than it has answered was set back to an earlier time, whatever it says of its epoch. Returns the protocol to speak.
 */
export async function greet(desk: Desk, { post, practice, protocols }: Line): Promise<number> {
  const { store, memberId } = desk;
  const asked = await store.state();
  const who = { practice, membership: memberId, device: asked.device };
  const { protocol, sealing, lastN, membership } = await sayHello(post, who, protocols);
  await store.transaction(async (tx) => {
    const state = await tx.state();
    const user = membership.user ?? state.user;
    const isKnown = state.sealing.keyId === sealing.keyId && state.user === user;
    if (!isKnown) await tx.putState({ ...state, sealing, ...(user !== undefined && { user }) });
  });
  if (lastN < asked.answeredN) {
    const { goOnAnew } = await import('./go-on-anew.ts');
    await goOnAnew(desk, 'server-lost-some', asked.device);
  }
  return protocol;
}
